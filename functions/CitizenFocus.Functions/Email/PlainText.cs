using System.Net;
using System.Text;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// Turns what the components render for <see cref="EmailFormat.Text"/> into plain text. Their markup is
/// <c>&lt;block&gt;</c>, a paragraph; in it <c>&lt;line&gt;</c>, which begins on a line of its own; and <c>&lt;url&gt;</c>, a line
/// that is never broken. Whatever a person typed comes encoded, so it is never taken for markup, and is decoded here, once.
/// </summary>
internal static class PlainText
{
    /// <summary>As RFC 3676 section 4.2 would have it, so that a reply's quotation marks still fit into 80.</summary>
    private const int MaxColumns = 76;

    public static string From(string markup)
    {
        var text = new StringBuilder();
        foreach (var block in Elements(markup, "block"))
        {
            if (text.Length > 0) text.Append('\n');
            AppendLines(text, block);
        }

        return text.ToString();
    }

    /// <summary>What stands in each of an element's occurrences.</summary>
    public static IEnumerable<string> Elements(string markup, string name)
    {
        var (open, close) = ($"<{name}>", $"</{name}>");
        var at = 0;
        while (markup.IndexOf(open, at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = markup.IndexOf(close, start, StringComparison.Ordinal);
            yield return markup[(start + open.Length)..end];
            at = end + close.Length;
        }
    }

    private static void AppendLines(StringBuilder text, string block)
    {
        foreach (var part in block.Split('<'))
        {
            var (tag, content) = part.IndexOf('>') is >= 0 and var end ? (part[..end], part[(end + 1)..]) : ("", part);
            var decoded = SingleLine.Of(WebUtility.HtmlDecode(content));
            if (decoded.Length == 0) continue;
            if (tag == "url") text.Append(decoded).Append('\n');
            else AppendWrapped(text, decoded);
        }
    }

    private static void AppendWrapped(StringBuilder text, string line)
    {
        var column = 0;
        foreach (var word in line.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > MaxColumns)
            {
                text.Append('\n');
                column = 0;
            }

            if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }
}
