using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Which of the published commitments a visitor wants to see; what is <see langword="null"/> asks for nothing.</summary>
public sealed record CommitmentFilter
{
    /// <summary>In UTF-16 code units: what a form field lets in.</summary>
    public const int MaxWordsLength = 100;

    private const int MaxTopicLength = 50;

    public static readonly CommitmentFilter None = new();

    public string? Topic { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Each of them stands somewhere in it, in any case.</summary>
    public string? Words { get; init; }

    public bool IsNone => this == None;

    /// <summary>Of the query's <c>topic</c>, <c>country</c> and <c>words</c>.</summary>
    internal static CommitmentFilter Read(HttpRequest request) => new()
    {
        Topic = Value(request, "topic", MaxTopicLength),
        Country = Value(request, "country", 2)?.ToUpperInvariant(),
        Words = Value(request, "words", MaxWordsLength),
    };

    internal bool Takes(Commitment commitment) =>
        (Topic is null || commitment.Topics.Contains(Topic, StringComparer.OrdinalIgnoreCase))
        && (Country is null || commitment.Country == Country)
        && (Words is null || Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Mentions(commitment, word)));

    /// <summary>As a query that asks for the same, with its question mark; empty for none.</summary>
    /// <param name="after">A place in the list.</param>
    public string ToQuery(string? after = null)
    {
        (string Name, string? Value)[] parts = [("topic", Topic), ("country", Country), ("words", Words), ("after", after)];
        var query = string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? "" : "?" + query;
    }

    private static bool Mentions(Commitment commitment, string word) =>
        new[] { commitment.Title, commitment.Summary, commitment.Text, commitment.Organisation, commitment.City, commitment.Author }
            .Concat(commitment.Topics)
            .Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    // What is too long matches as far as it was read: nobody types that.
    private static string? Value(HttpRequest request, string name, int maxLength) =>
        TypedText.Clean(request.Query[name]) is { } typed ? typed[..Math.Min(typed.Length, maxLength)] : null;
}
