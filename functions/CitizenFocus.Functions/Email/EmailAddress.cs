using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// An address that mail can be sent to without SMTPUTF8: a dot-atom before the @ (RFC 5322 section 3.4.1) and a
/// domain name of two labels or more after it, at most 254 characters in all (RFC 5321 section 4.5.3.1.3 less its brackets).
/// Quoted local parts and address literals are refused: people do not have them, attackers do.
/// </summary>
internal readonly record struct EmailAddress
{
    public const int MaxLength = 254;
    private const int MaxLocalLength = 64;
    private const int MaxDomainLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private readonly string? _value;

    private EmailAddress(string value) => _value = value;

    /// <summary>As to be written to: the local part as it was typed, for its case may matter to its host; the domain in lower-case ASCII.</summary>
    public string Value => _value ?? throw new InvalidOperationException("This address was not parsed.");

    /// <summary>By which two spellings are one person: lower-case throughout.</summary>
    public string Normalised => Value.ToLowerInvariant();

    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = text?.Trim();
        if (trimmed is not { Length: > 0 and <= MaxLength }) return false;

        // A second @ is no atom's character, so the local part's check refuses it.
        var at = trimmed.LastIndexOf('@');
        if (at < 0 || !IsDotAtom(trimmed.AsSpan(0, at))) return false;
        if (ToAsciiDomain(trimmed[(at + 1)..]) is not { } domain) return false;

        var value = $"{trimmed.AsSpan(0, at)}@{domain}";
        if (value.Length > MaxLength) return false;
        address = new(value);
        return true;
    }

    /// <exception cref="FormatException">The text is no address. The message does not repeat it.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not an e-mail address.");

    /// <summary>Never the address: this is what a log would write.</summary>
    public override string ToString() => "(address)";

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local.Length is 0 or > MaxLocalLength || local[0] == '.' || local[^1] == '.') return false;
        for (var i = 0; i < local.Length; i++)
        {
            if (local[i] == '.' ? local[i - 1] == '.' : !IsAtomCharacter(local[i])) return false;
        }

        return true;
    }

    // atext of RFC 5322 section 3.2.3.
    private static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c);

    private static string? ToAsciiDomain(string domain)
    {
        if (!domain.All(IsDomainCharacter)) return null;
        string ascii;
        try
        {
            ascii = Idn.GetAscii(domain.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null; // An empty or too long label, a hyphen at its end, a digit of ASCII where punycode forbids it.
        }

        var labels = ascii.Split('.');
        return ascii.Length <= MaxDomainLength && labels.Length > 1 && labels.All(IsHostLabel) && labels[^1].Any(char.IsAsciiLetter)
            ? ascii
            : null;
    }

    /// <summary>
    /// Without ICU nothing is brought to Unicode's composed or compatible forms, and IdnMapping would encode another
    /// domain than the one meant: what such a form could change is refused.
    /// </summary>
    private static bool IsDomainCharacter(char c) =>
        c is '.' or '-' || char.IsAsciiLetterOrDigit(c)
        || (c > '\x7f' && c is not (>= '\u0300' and <= '\u036f') and not (>= '\uf900' and <= '\uffff') && !char.IsSurrogate(c)
            && char.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber);

    private static bool IsHostLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
