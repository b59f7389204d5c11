using System.Text.Json;
using System.Text.Json.Serialization;
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
    /// <summary>Reads one file.</summary>
    /// <exception cref="LocalHostException">It is missing or is not such JSON; the message names the file and the place.</exception>
    public static T Read<T>(string file, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type)
                ?? throw new LocalHostException($"{file}: 'null' is not a configuration.");
        }
        catch (JsonException fault)
        {
            throw new LocalHostException($"{file}: {fault.Message}");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LocalHostException($"{file} was not found.");
        }
    }
}
