namespace CitizenFocus.Functions.Commitments;

/// <summary>What a city, a company or a group promises to do.</summary>
internal sealed record Commitment
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Plain text.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    /// <summary>As the author wants to be named.</summary>
    public string? Author { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];
}
