using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Queues;

/// <summary>The envelope of a queue message.</summary>
internal static class QueueEnvelope
{
    /// <param name="text">The message's text, decoded.</param>
    public static byte[] Write(QueueFunction function, QueueMessage message, string text, DateTimeOffset now)
    {
        // What the host cannot take for an object it hands over as a string with JSON in it: numbers as well.
        var metadata = new Dictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["Id"] = InvocationEnvelope.Twice(message.MessageId),
            ["PopReceipt"] = InvocationEnvelope.Twice(message.PopReceipt),
        };
        AddInstant("InsertionTime", message.InsertedOn);
        AddInstant("ExpirationTime", message.ExpiresOn);
        AddInstant("NextVisibleTime", message.NextVisibleOn);
        AddProperties(metadata, text);
        return InvocationEnvelope.Write(function, InvocationEnvelope.Twice(text), metadata, now);

        void AddInstant(string name, DateTimeOffset? instant)
        {
            if (instant is { } value) metadata[name] = InvocationEnvelope.Seconds(value);
        }
    }

    /// <summary>
    /// The top-level properties of a JSON message stand in the metadata: objects as they are, scalars as text within
    /// a string; arrays, nulls and names that end with "trigger" are left out.
    /// </summary>
    private static void AddProperties(Dictionary<string, JsonNode?> metadata, string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{")) return;

        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name.EndsWith("trigger", StringComparison.OrdinalIgnoreCase)) continue;
                switch (property.Value.ValueKind)
                {
                    case JsonValueKind.Object:
                        metadata[property.Name] = JsonObject.Create(property.Value.Clone());
                        break;
                    case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                        metadata[property.Name] = InvocationEnvelope.Twice(property.Value.ToString());
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON after all, which is no fault.
        }
    }
}
