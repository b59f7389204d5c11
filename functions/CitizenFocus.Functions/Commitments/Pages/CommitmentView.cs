using NodaTime;

namespace CitizenFocus.Functions.Commitments;

/// <summary>A commitment as pages show it.</summary>
public sealed record CommitmentView
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>One or two sentences of plain text.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    public string? Author { get; init; }

    public required LocalDate Submitted { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    internal static CommitmentView Of(Commitment commitment) => new()
    {
        Id = commitment.Id,
        Title = commitment.Title,
        Summary = commitment.Summary,
        Text = commitment.Text,
        Author = commitment.Author,
        Submitted = LocalDate.FromDateTime(commitment.SubmittedAt.UtcDateTime),
        Topics = commitment.Topics,
    };
}

public sealed record CommitmentListModel
{
    /// <summary>The latest first.</summary>
    public required IReadOnlyList<CommitmentView> Commitments { get; init; }

    public string? NewerHref { get; init; }

    public string? OlderHref { get; init; }
}
