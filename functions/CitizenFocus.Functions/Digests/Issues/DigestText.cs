namespace CitizenFocus.Functions.Digests;

/// <summary>An organiser's opening: plain text, whose blank lines part paragraphs.</summary>
internal static class DigestText
{
    public const int MaxOpeningLength = 4_000;

    public static IEnumerable<string> Paragraphs(string text) => text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
