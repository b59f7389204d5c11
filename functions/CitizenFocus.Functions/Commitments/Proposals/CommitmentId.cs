using System.Security.Cryptography;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Makes ids of titles: they stay when the title changes, and with them every link.</summary>
internal static class CommitmentId
{
    private const int MaxWordsLength = 60;
    private const int SuffixBytes = 5;

    /// <summary>The title's words, and eight letters that make it unique and keep what is not published from being guessed.</summary>
    public static string New(string title)
    {
        var words = string.Concat(title.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' '));
        var slug = string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (slug.Length > MaxWordsLength) slug = slug[..MaxWordsLength].Trim('-');
        var suffix = Base32.Encode(RandomNumberGenerator.GetBytes(SuffixBytes));
        return slug.Length == 0 ? suffix : $"{slug}-{suffix}";
    }
}
