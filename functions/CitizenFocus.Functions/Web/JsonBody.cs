using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Reads a JSON object (RFC 8259) into fields, called as a form would call them: strings, numbers, booleans, <c>null</c> and
/// lists of strings; under <c>answers</c> an object of the same, whose members become <c>answers.name</c>. Where it may nest,
/// so do those of any object; of a list of objects they become <c>questions.0.text</c>, <c>questions.1.text</c>.
/// </summary>
internal static class JsonBody
{
    private const string Answers = "answers";
    private const string NotJson = "from here on it is no JSON.";
    private const string NotUnicode = "these are no Unicode characters.";

    // A name is written out before each of its members: a long one would grow a small body into a large one.
    private const int MaxNameLength = 200;

    // Deeper than any content of ours; for visitors, less deep is refused by name below.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <param name="body">UTF-8, or what was said to be.</param>
    /// <param name="fields">What was read.</param>
    /// <param name="nests">Objects, lists of them, and lists of numbers and booleans are read, too.</param>
    public static BodyFault? Read(ReadOnlySpan<byte> body, FieldCollector fields, bool nests = false)
    {
        // RFC 8259 section 8.1 lets a parser ignore a byte order mark.
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        if (!Utf8.IsValid(body)) return At(body, FirstInvalid(body), NotUnicode);

        var reader = new Utf8JsonReader(body, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return At(body, reader.TokenStartIndex, "an object, {…}, is expected.");
            var fault = ReadObject(ref reader, body, "", fields, nests);
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

    private static BodyFault? ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string prefix, FieldCollector fields, bool nests)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            if (nests && name.Length > MaxNameLength) return At(body, reader.TokenStartIndex, "that name is too long.");

            reader.Read();
            var fault = reader.TokenType switch
            {
                JsonTokenType.StartObject when nests || name == Answers => ReadObject(ref reader, body, name + ".", fields, nests),
                JsonTokenType.StartObject => At(body, reader.TokenStartIndex, "no object is expected here."),
                JsonTokenType.StartArray => ReadList(ref reader, body, name, fields, nests),
                JsonTokenType.Null => fields.TrySet(name, null) ? null : fields.TooMany,
                _ => fields.TrySet(name, [ReadValue(ref reader)]) ? null : fields.TooMany,
            };
            if (fault is not null) return fault;
        }

        return null;
    }

    private static BodyFault? ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string name, FieldCollector fields, bool nests)
    {
        var (values, objects) = (new List<string>(), 0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String when objects == 0:
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when nests && objects == 0:
                    values.Add(ReadValue(ref reader));
                    break;

                case JsonTokenType.StartObject when nests && values.Count == 0:
                    var item = string.Create(CultureInfo.InvariantCulture, $"{name}.{objects++}");

                    // An object without members is one, too, and may lack something.
                    if (!fields.TrySet(item, [])) return fields.TooMany;
                    if (ReadObject(ref reader, body, item + ".", fields, nests) is { } fault) return fault;
                    break;

                default:
                    return At(body, reader.TokenStartIndex, nests ? "a list has either values or objects in it." : "only strings are expected in a list.");
            }
        }

        return objects > 0 || fields.TrySet(name, [.. values]) ? null : fields.TooMany;
    }

    private static string ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);

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
