namespace CitizenFocus.Functions.Digests;

/// <summary>An issue, fixed when it was made: it holds the commitments with the numbers beyond <see cref="After"/> up to <see cref="UpTo"/>.</summary>
internal sealed record DigestIssue
{
    public required IssueKey Key { get; init; }

    /// <summary>Its address, and nothing else: a week or a month, with a further number where that has several issues.</summary>
    public required string Name { get; init; }

    /// <summary>The last number of the issue before; 0 for the first.</summary>
    public required int After { get; init; }

    public required int UpTo { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>An organiser's first paragraph; may be empty.</summary>
    public string Opening { get; init; } = "";

    /// <summary>Its shards' messages are on the queue; <see langword="null"/>: perhaps not all.</summary>
    public DateTimeOffset? QueuedAt { get; init; }
}
