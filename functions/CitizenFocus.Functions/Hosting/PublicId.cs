namespace CitizenFocus.Functions.Hosting;

/// <summary>What names a document, a commitment or a piece of news: safe in URLs, table keys and blob names.</summary>
internal static class PublicId
{
    private const int MaxLength = 100;

    /// <summary>1 to 100 lower-case letters, digits and hyphens.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
