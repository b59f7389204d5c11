namespace CitizenFocus.Functions.News;

/// <summary>A piece of news.</summary>
internal sealed record NewsItem
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Plain text.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    public string? Author { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When its content last changed after it was published.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>It was taken back, and its page says so.</summary>
    public bool IsWithdrawn { get; init; }
}
