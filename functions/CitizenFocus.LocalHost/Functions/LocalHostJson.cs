using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Mailbox;
using CitizenFocus.LocalHost.Timers;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>
/// Every JSON file that LocalHost reads or writes. The host allows comments and trailing commas in them. Properties
/// with a default are settable: to the source generator an init-only one is a constructor's parameter, and what
/// the file leaves out would be null.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true)]
[JsonSerializable(typeof(HostJson))]
[JsonSerializable(typeof(FunctionJson))]
[JsonSerializable(typeof(LocalSettings))]
[JsonSerializable(typeof(Dictionary<string, ScheduleStatus>))]
[JsonSerializable(typeof(IReadOnlyList<MailSummary>))]
internal sealed partial class LocalHostJson : JsonSerializerContext
{
    private static readonly JsonDocumentOptions AsTheHostReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads one file.</summary>
    /// <exception cref="LocalHostException">It is missing or is not such JSON; the message names the file and the place.</exception>
    public static T Read<T>(string file, JsonTypeInfo<T> type)
        where T : class =>
        Parse(file, () => JsonSerializer.Deserialize(Content(file), type));

    /// <summary>Reads host.json with the settings that stand above it.</summary>
    /// <exception cref="LocalHostException">It is missing, or it or a setting is wrong.</exception>
    public static HostJson ReadHost(string file, IReadOnlyDictionary<string, string> settings)
    {
        var json = Parse(file, () => JsonNode.Parse(Content(file), new() { PropertyNameCaseInsensitive = true }, AsTheHostReads) as JsonObject);
        var taken = HostJsonSettings.Apply(json, settings);
        return Parse(string.Join(" with ", [file, .. taken]), () => json.Deserialize(Default.HostJson));
    }

    private static byte[] Content(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LocalHostException($"{file} was not found.");
        }
    }

    private static T Parse<T>(string source, Func<T?> parse)
        where T : class
    {
        try
        {
            return parse() ?? throw new LocalHostException($"{source}: this is not a configuration.");
        }
        catch (JsonException fault)
        {
            throw new LocalHostException($"{source}: {fault.Message}");
        }
    }
}
