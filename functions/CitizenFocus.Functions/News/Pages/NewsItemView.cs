using NodaTime;

namespace CitizenFocus.Functions.News;

/// <summary>A piece of news as pages show it.</summary>
public sealed record NewsItemView
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>One or two sentences of plain text.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    public string? Author { get; init; }

    public required LocalDate Published { get; init; }

    internal static NewsItemView Of(NewsItem item) => new()
    {
        Id = item.Id,
        Title = item.Title,
        Summary = item.Summary,
        Text = item.Text,
        Author = item.Author,
        Published = LocalDate.FromDateTime(item.PublishedAt.UtcDateTime),
    };
}

public sealed record NewsListModel
{
    /// <summary>The latest first.</summary>
    public required IReadOnlyList<NewsItemView> Items { get; init; }

    public string? NewerHref { get; init; }

    public string? OlderHref { get; init; }
}
