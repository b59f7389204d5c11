using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

/// <summary>The table News, and what other features, pages and actions may ask of it.</summary>
internal sealed class NewsService(Hosting.Storage storage, ListSnapshot<NewsItem> published, Pages pages, TimeProvider clock)
{
    public const string TableName = "News";

    private const int SchemaVersion = 1;
    private const string PublishedList = "t";
    private readonly Timeline _timeline = new(storage, TableName);

    /// <summary>The latest first, as they are now.</summary>
    /// <param name="after">Where the page before ended.</param>
    public async Task<(IReadOnlyList<NewsItem> Items, string? Next)> ListAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var page = await _timeline.ListAsync(PublishedList, after, count, cancellationToken);
        return ([.. page.Items.Select(FromEntity)], page.Next);
    }

    /// <summary>All of them, the latest first, as they were up to a minute ago.</summary>
    public Task<IReadOnlyList<Placed<NewsItem>>> SnapshotAsync(CancellationToken cancellationToken) => published.GetAsync(
        async loading =>
        {
            var entities = await _timeline.ListAllAsync(PublishedList, loading);
            return [.. entities.Select(entity => new Placed<NewsItem>(Timeline.PositionOf(entity), FromEntity(entity)))];
        },
        cancellationToken);

    /// <summary>Withdrawn ones, too.</summary>
    public async Task<NewsItem?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _timeline.FindAsync(id, cancellationToken) is { } entity ? FromEntity(entity) : null;

    /// <summary>Adds a piece of news, or replaces the one of its id.</summary>
    public async Task PutAsync(NewsItem item, CancellationToken cancellationToken)
    {
        bool isWritten;
        do
        {
            var before = await _timeline.FindAsync(item.Id, cancellationToken);
            isWritten = before is null
                ? await _timeline.TryAddAsync(ToItem(item), [], cancellationToken)
                : await _timeline.TryReplaceAsync(before, ToItem(item with { ChangedAt = clock.GetUtcNow() }), [], cancellationToken);
        }
        while (!isWritten); // Somebody else wrote meanwhile.

        Invalidate();
    }

    /// <returns><see langword="null"/> where there is none of that id.</returns>
    public async Task<NewsItem?> WithdrawAsync(string id, CancellationToken cancellationToken)
    {
        while (await _timeline.FindAsync(id, cancellationToken) is { } before)
        {
            var withdrawn = FromEntity(before) with { IsWithdrawn = true };
            if (!await _timeline.TryReplaceAsync(before, ToItem(withdrawn), [], cancellationToken)) continue;
            Invalidate();
            return withdrawn;
        }

        return null;
    }

    private void Invalidate()
    {
        published.Invalidate();
        pages.Invalidate();
    }

    private static TimelineItem ToItem(NewsItem item)
    {
        var columns = new Dictionary<string, object>
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = item.Title,
            ["Summary"] = item.Summary,
            ["Text"] = item.Text,
            ["PublishedAt"] = item.PublishedAt,
            ["IsWithdrawn"] = item.IsWithdrawn,
        };
        if (item.Author is { } author) columns["Author"] = author;
        if (item.ChangedAt is { } changed) columns["ChangedAt"] = changed;
        return new() { Id = item.Id, List = item.IsWithdrawn ? null : PublishedList, Time = item.PublishedAt, Columns = columns };
    }

    private static NewsItem FromEntity(TableEntity entity) => new()
    {
        Id = Timeline.IdOf(entity),
        Title = entity.Required("Title"),
        Summary = entity.GetString("Summary") ?? "",
        Text = entity.GetString("Text") ?? "",
        Author = entity.GetString("Author"),
        PublishedAt = entity.GetDateTimeOffset("PublishedAt") ?? default,
        ChangedAt = entity.GetDateTimeOffset("ChangedAt"),
        IsWithdrawn = entity.GetBoolean("IsWithdrawn") == true,
    };
}
