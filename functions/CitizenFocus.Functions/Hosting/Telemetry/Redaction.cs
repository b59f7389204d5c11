using System.Text.RegularExpressions;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Takes addresses out of text that others wrote: a mail server's refusal, a fault's message. Our own messages name no person;
/// this is for what they quote.
/// </summary>
internal static partial class Redaction
{
    private const string Address = "[address]";

    public static string Redact(string text) => text.Contains('@', StringComparison.Ordinal) ? Addresses().Replace(text, Address) : text;

    [GeneratedRegex("""[^\s<>"'(),;:\[\]]+@[^\s<>"'(),;:\[\]]+""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();
}
