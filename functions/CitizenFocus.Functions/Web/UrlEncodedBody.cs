using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> as the WHATWG URL standard (section 5.1) has it, but that invalid
/// UTF-8 is refused. ASP.NET Core's FormReader would leave it, and a broken percent sign beside it, undecoded in the text.
/// </summary>
internal static class UrlEncodedBody
{
    /// <param name="body">Decoded in place, thus destroyed.</param>
    public static BodyFault? Read(Span<byte> body, FieldCollector fields)
    {
        try
        {
            while (!body.IsEmpty)
            {
                var end = body.IndexOf((byte)'&');
                var pair = end < 0 ? body : body[..end];
                body = end < 0 ? [] : body[(end + 1)..];
                if (pair.IsEmpty) continue;

                var equals = pair.IndexOf((byte)'=');
                var name = Decode(equals < 0 ? pair : pair[..equals]);
                var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
                if (!fields.TryAdd(name, value)) return fields.TooMany;
            }

            return null;
        }
        catch (DecoderFallbackException)
        {
            return BodyFault.NotUtf8;
        }
    }

    private static string Decode(Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+')
            {
                text[length++] = (byte)' ';
            }
            else if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                text[length++] = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                i += 2;
            }
            else
            {
                text[length++] = text[i];
            }
        }

        return FieldCollector.StrictUtf8.GetString(text[..length]);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
