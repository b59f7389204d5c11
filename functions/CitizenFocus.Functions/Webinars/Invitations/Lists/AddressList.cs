using System.Runtime.CompilerServices;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Addresses as they are copied from a mail: one or several a line, with or without names: <c>Anna Ash &lt;anna@example.org&gt;; ben@example.org</c>.</summary>
internal static class AddressList
{
    public static async IAsyncEnumerable<ListRow> ReadAsync(TextReader text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var line = 1; await text.ReadLineAsync(cancellationToken) is { } content; line++)
        {
            foreach (var part in Parts(content))
            {
                foreach (var row in Read(line, part)) yield return row;
            }
        }
    }

    private static IEnumerable<ListRow> Read(int line, string part)
    {
        if (part.LastIndexOf('<') is >= 0 and var open)
        {
            var close = part.IndexOf('>', open);
            yield return ListRow.Read(line, close < 0 ? part : part[(open + 1)..close], part[..open].Trim().Trim('"', '\''), null);
            yield break;
        }

        // Only what is nothing but addresses is taken apart at its spaces: of "no address" one row is wrong, and not two.
        var words = part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.All(word => word.Contains('@', StringComparison.Ordinal)))
        {
            foreach (var word in words) yield return ListRow.Read(line, word, null, null);
        }
        else
        {
            yield return ListRow.Read(line, part, null, null);
        }
    }

    /// <summary>At commas, semicolons and tabs that are not within quotation marks or angle brackets.</summary>
    private static IEnumerable<string> Parts(string line)
    {
        var (start, isQuoted, isBracketed) = (0, false, false);
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line[i] : ',';
            if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && c is '<' or '>') isBracketed = c == '<';
            else if (i == line.Length || (c is ',' or ';' or '\t' && !isQuoted && !isBracketed))
            {
                if (line[start..i].Trim() is { Length: > 0 } part) yield return part;
                start = i + 1;
            }
        }
    }
}
