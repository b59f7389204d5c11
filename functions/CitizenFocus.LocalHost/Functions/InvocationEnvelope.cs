using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>The JSON that the host posts to a function that is not an HTTP one, in the host's own odd shapes.</summary>
internal static class InvocationEnvelope
{
    // As Newtonsoft.Json does in the host: nothing is escaped that need not be.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts data and metadata together.</summary>
    /// <param name="function">The function; its trigger's name is the key of the data.</param>
    /// <param name="data">The trigger's value.</param>
    /// <param name="metadata">What the trigger adds; keys are compared without regard to case, as in the host.</param>
    public static byte[] Write(Function function, JsonNode? data, IEnumerable<KeyValuePair<string, JsonNode?>> metadata, DateTimeOffset now)
    {
        var sys = new JsonObject
        {
            ["MethodName"] = function.Name,
            ["UtcNow"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
            ["RandGuid"] = Guid.NewGuid().ToString(),
        };
        var envelope = new JsonObject
        {
            ["Data"] = new JsonObject { [function.Binding] = data },
            ["Metadata"] = new JsonObject(metadata.Append(new("sys", sys))),
        };
        return Serialize(envelope);
    }

    /// <summary>A string as the host hands it over: JSON within a JSON string.</summary>
    public static JsonNode Twice(string text) => Encoding.UTF8.GetString(Serialize(JsonValue.Create(text)));

    /// <summary>An instant as the host writes it: to the second, with an offset.</summary>
    public static string Seconds(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static byte[] Serialize(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            node.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
