using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Reads a JSON object (RFC 8259) into fields: strings, numbers, booleans, <c>null</c> and lists of strings; under
/// <c>answers</c> an object of the same, whose members become <c>answers.name</c>, as a form would call them.
/// </summary>
internal static class JsonBody
{
    private const string Answers = "answers";
    private const string NotJson = "from here on it is no JSON.";
    private const string NotUnicode = "these are no Unicode characters.";

    // The root, answers, and a list in it; deeper is refused by name below, or as broken here.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static BodyFault? Read(ReadOnlySpan<byte> body, FieldCollector fields)
    {
        // RFC 8259 section 8.1 lets a parser ignore a byte order mark.
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        if (!Utf8.IsValid(body)) return At(body, FirstInvalid(body), NotUnicode);

        var reader = new Utf8JsonReader(body, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return At(body, reader.TokenStartIndex, "an object, {…}, is expected.");
            var fault = ReadObject(ref reader, body, "", fields);
            if (fault is null) reader.Read();
            return fault;
        }
        catch (JsonException exception)
        {
            return BodyFault.At((exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1, NotJson);
        }
        catch (InvalidOperationException)
        {
            // How the reader says that a \u escape is half a surrogate pair.
            return At(body, reader.TokenStartIndex, NotUnicode);
        }
    }

    private static BodyFault? ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string prefix, FieldCollector fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (prefix.Length > 0 || name != Answers) return At(body, reader.TokenStartIndex, "no object is expected here.");
                if (ReadObject(ref reader, body, Answers + ".", fields) is { } inner) return inner;
                continue;
            }

            if (ReadValues(ref reader, body, out var values) is { } fault) return fault;
            if (!fields.TrySet(prefix + name, values)) return BodyFault.TooManyFields;
        }

        return null;
    }

    private static BodyFault? ReadValues(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, out StringValues values)
    {
        values = StringValues.Empty;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                values = reader.GetString();
                return null;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                values = Encoding.UTF8.GetString(reader.ValueSpan);
                return null;
        }

        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) return At(body, reader.TokenStartIndex, "only strings are expected in a list.");
            list.Add(reader.GetString()!);
        }

        values = list.ToArray();
        return null;
    }

    private static BodyFault At(ReadOnlySpan<byte> body, long index, string what)
    {
        var before = body[..(int)index];
        return BodyFault.At(before.Count((byte)'\n') + 1, index - before.LastIndexOf((byte)'\n'), what);
    }

    private static long FirstInvalid(ReadOnlySpan<byte> body)
    {
        var index = 0;
        while (Rune.DecodeFromUtf8(body[index..], out _, out var length) == System.Buffers.OperationStatus.Done) index += length;
        return index;
    }
}
