using System.Globalization;
using System.Text.Json;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// The JSON in which the Functions host wraps what is not HTTP: <c>{"Data":{"binding":…},"Metadata":{…}}</c>. Strings in Data
/// are encoded twice, a JSON string that holds a JSON string. Property names come in Pascal case; camel case is taken as well.
/// </summary>
internal static class InvocationEnvelope
{
    /// <summary>What a function without outputs answers.</summary>
    public static ReadOnlyMemory<byte> Success { get; } = """{"Outputs":{},"Logs":[],"ReturnValue":null}"""u8.ToArray();

    /// <exception cref="MalformedEnvelopeException">The body is not such an envelope.</exception>
    public static async Task<QueueInvocation> ReadQueueMessageAsync(Stream body, CancellationToken cancellationToken)
    {
        using var envelope = await ParseAsync(body, cancellationToken);
        var binding = SingleBinding(envelope.RootElement);
        if (binding.ValueKind != JsonValueKind.String) throw new MalformedEnvelopeException("the queue message is no string");

        var dequeueCount = 1;
        if (Property(envelope.RootElement, "Metadata") is { ValueKind: JsonValueKind.Object } metadata
            && Property(metadata, "DequeueCount") is { } count
            && int.TryParse(count.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            dequeueCount = parsed;
        }

        return new(DecodeInner(binding.GetString()!), dequeueCount);
    }

    /// <exception cref="MalformedEnvelopeException">The body is not such an envelope.</exception>
    public static async Task<TimerInvocation> ReadTimerAsync(Stream body, CancellationToken cancellationToken)
    {
        using var envelope = await ParseAsync(body, cancellationToken);
        var binding = SingleBinding(envelope.RootElement);
        return new(binding.ValueKind == JsonValueKind.Object
            && Property(binding, "IsPastDue") is { ValueKind: JsonValueKind.True });
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException e)
        {
            throw new MalformedEnvelopeException($"no JSON (line {e.LineNumber}, byte {e.BytePositionInLine})");
        }
    }

    private static JsonElement SingleBinding(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Property(root, "Data") is not { ValueKind: JsonValueKind.Object } data)
        {
            throw new MalformedEnvelopeException("no object 'Data'");
        }

        using var bindings = data.EnumerateObject();
        return bindings.MoveNext() ? bindings.Current.Value : throw new MalformedEnvelopeException("'Data' is empty");
    }

    private static JsonElement? Property(JsonElement element, string pascalCase)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, pascalCase, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }

    private static string DecodeInner(string text)
    {
        if (text is not ['"', ..]) return text;
        try
        {
            using var inner = JsonDocument.Parse(text);
            return inner.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

/// <summary>What was posted to a function is not the host's envelope.</summary>
internal sealed class MalformedEnvelopeException(string message) : Exception(message);
