using System.Text.RegularExpressions;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// What receiving servers answer, fit to be kept: they like to repeat the address, and name the machines that spoke.
/// </summary>
internal static partial class ReportReasons
{
    private const int MaxLength = 300;
    private const int MaxRead = 2_000;
    private const int ShortestLocalPart = 3;

    /// <param name="address">Whom it was about, where the provider says so.</param>
    /// <returns><see langword="null"/> where nothing is said.</returns>
    public static string? Clean(string? reason, string? address)
    {
        if (string.IsNullOrWhiteSpace(reason)) return null;
        var text = (reason.Length > MaxRead ? reason[..MaxRead] : reason).Normalized();
        text = Ip().Replace(Address().Replace(text, "(address)"), "(host)");

        // "No such user anna.ash here."
        if (address?.IndexOf('@', StringComparison.Ordinal) is >= ShortestLocalPart and var at) text = text.Replace(address[..at], "(address)", StringComparison.OrdinalIgnoreCase);
        return text.Length > MaxLength ? text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] : text;
    }

    /// <summary>On one line, without halves of characters that no column could hold.</summary>
    private static string Normalized(this string text) => Blank().Replace(string.Concat(text.EnumerateRunes()), " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+")]
    private static partial Regex Blank();

    // Also as others write it into addresses and links of their own: anna=40example.org.
    [GeneratedRegex(@"[^\s<>()\[\]""',;:]+(?:@|%40|=40)[^\s<>()\[\]""',;]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}", RegexOptions.IgnoreCase)]
    private static partial Regex Ip();
}
