using System.Text;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// Makes what people typed fit for one line of a header, a subject or a calendar entry: there, a line break
/// would begin a field of the sender's choosing (RFC 5322 section 2.2, RFC 5545 section 3.1).
/// </summary>
internal static class SingleLine
{
    /// <summary>Each run of white space and control characters becomes one space, and half a character U+FFFD.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)) line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd(' ');
    }

    /// <summary>The lines of a text, each as <see cref="Of"/> makes it, and U+000A between them.</summary>
    public static string OfEach(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Of));
}
