using System.Net;
using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// The words of other people's HTML. What comes out is plain text, and is encoded wherever it is shown: that no tag is left
/// in it is for the reader's sake, and no safety rests on it.
/// </summary>
internal static class HtmlText
{
    /// <summary>Whose content is no text.</summary>
    private static readonly string[] Silent = ["script", "style", "template", "noscript"];

    /// <summary>That a sentence goes on behind them; all others end a line.</summary>
    private static readonly string[] Inline = ["a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"];

    /// <summary>On one line.</summary>
    public static string Line(string html) => string.Join(' ', Text(html).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Paragraphs are set apart by an empty line.</summary>
    public static string Text(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length;)
        {
            var start = i;
            if (html[i] == '<' && TagEnd(html, i) is { } end)
            {
                var (opens, name) = (html[i + 1] != '/', NameAt(html, i + 1));
                i = end;
                if (opens && Silent.Contains(name)) i = html.IndexOf($"</{name}", i, StringComparison.OrdinalIgnoreCase) is >= 0 and var close ? close : html.Length;
                else if (!Inline.Contains(name)) text.Append('\n');
            }
            else
            {
                while (++i < html.Length && html[i] != '<') ;
                text.Append(WebUtility.HtmlDecode(html[start..i]));
            }
        }

        var lines = text.ToString().Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0);
        return string.Concat(string.Join("\n\n", lines).Where(c => !char.IsControl(c) || c == '\n'));
    }

    /// <summary>Behind the tag or comment that begins here; <see langword="null"/> where none does: "1 &lt; 2" has no tag.</summary>
    private static int? TagEnd(string html, int start)
    {
        if (start + 1 == html.Length || !(char.IsAsciiLetter(html[start + 1]) || html[start + 1] is '/' or '!' or '?')) return null;
        if (html.AsSpan(start).StartsWith("<!--")) return html.IndexOf("-->", start, StringComparison.Ordinal) is >= 0 and var dash ? dash + 3 : html.Length;
        return html.IndexOf('>', start) is >= 0 and var end ? end + 1 : html.Length;
    }

    private static string NameAt(string html, int start)
    {
        if (start < html.Length && html[start] == '/') start++;
        var end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
        return html[start..end].ToLowerInvariant();
    }
}
