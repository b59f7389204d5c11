using System.Text.RegularExpressions;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Takes addresses out of text that others wrote: a mail server's refusal, a fault's message. Our own messages name no person;
/// this is for what they quote.
/// </summary>
internal static partial class Redaction
{
    private const string Address = "[address]";

    public static string Redact(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return text;
        try
        {
            return Addresses().Replace(text, Address);
        }
        catch (RegexMatchTimeoutException)
        {
            // A line that cannot be cleaned is not written; and no line is worth a fault of its own.
            return "[text with an address]";
        }
    }

    // Longer than RFC 5321 allows on either side, and no longer, so that a long text without blanks costs no more than others.
    [GeneratedRegex("""[^\s<>"'(),;:\[\]]{1,320}@[^\s<>"'(),;:\[\]]{1,320}""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();
}
