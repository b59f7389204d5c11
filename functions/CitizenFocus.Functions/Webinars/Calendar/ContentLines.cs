using System.Text;

namespace CitizenFocus.Functions.Webinars.Calendar;

/// <summary>Folds content lines (RFC 5545 section 3.1).</summary>
internal static class ContentLines
{
    private const int MaxOctets = 75;
    private const string Break = "\r\n";
    private const string Fold = "\r\n ";

    /// <summary>
    /// No line longer than 75 octets without its end, and none broken within a character: Ical.Net counts UTF-16 units,
    /// and cuts a pair of them in two.
    /// </summary>
    /// <param name="calendar">With CRLF line ends, folded or not.</param>
    public static string Refold(string calendar)
    {
        var folded = new StringBuilder(calendar.Length + calendar.Length / 16);
        foreach (var line in calendar.Replace(Fold, "", StringComparison.Ordinal).Split(Break, StringSplitOptions.RemoveEmptyEntries))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MaxOctets)
                {
                    folded.Append(Fold);
                    octets = 1;
                }

                folded.Append(rune);
                octets += rune.Utf8SequenceLength;
            }

            folded.Append(Break);
        }

        return folded.ToString();
    }
}
