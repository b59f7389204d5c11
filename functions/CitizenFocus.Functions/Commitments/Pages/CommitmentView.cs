using CitizenFocus.Functions.Web.Components;
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

    /// <summary>Organisation, city and country, as far as they are known.</summary>
    public string? Where { get; init; }

    public string? Author { get; init; }

    public required LocalDate Submitted { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<Uri> Links { get; init; } = [];

    internal static CommitmentView Of(Commitment commitment)
    {
        var parts = new[] { commitment.Organisation, commitment.City, Choices.CountryName(commitment.Country) }.OfType<string>().ToList();
        return new()
        {
            Id = commitment.Id,
            Title = commitment.Title,
            Summary = commitment.Summary,
            Text = commitment.Text,
            Where = parts.Count == 0 ? null : string.Join(", ", parts),
            Author = commitment.Author,
            Submitted = LocalDate.FromDateTime(commitment.SubmittedAt.UtcDateTime),
            Topics = commitment.Topics,
            Links = commitment.Links,
        };
    }
}

public sealed record CommitmentListModel
{
    public CommitmentFilter Filter { get; init; } = CommitmentFilter.None;

    /// <summary>Those that there are.</summary>
    public IReadOnlyList<SelectGroup> Topics { get; init; } = [];

    /// <summary>Those that there are.</summary>
    public IReadOnlyList<SelectGroup> Countries { get; init; } = [];

    /// <summary>How many match on all pages.</summary>
    public int Count { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<CommitmentView> Commitments { get; init; }

    public string? NewerHref { get; init; }

    public string? OlderHref { get; init; }
}
