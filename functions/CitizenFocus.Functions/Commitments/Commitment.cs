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

    public string? Organisation { get; init; }

    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>All begin with https.</summary>
    public IReadOnlyList<Uri> Links { get; init; } = [];

    /// <summary>As the author wants to be named.</summary>
    public string? Author { get; init; }

    public CommitmentStatus Status { get; init; } = CommitmentStatus.Proposed;

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Its place in the public list; <see langword="null"/> for what was never published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When its content last changed after it was published.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>What an organiser told the proposer.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>Who proposed it by the form; <see langword="null"/> for what organisers and feeds brought.</summary>
    public Proposer? Proposer { get; init; }

    /// <summary>Where an import found it.</summary>
    public string? Source { get; init; }
}

/// <summary>The names are stored.</summary>
internal enum CommitmentStatus
{
    /// <summary>Only organisers see it.</summary>
    Proposed,

    Published,

    /// <summary>An organiser said no, with a reason.</summary>
    Declined,

    /// <summary>Taken back: it is gone for good, and its page says so.</summary>
    Withdrawn,
}
