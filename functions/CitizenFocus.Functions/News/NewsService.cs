using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

/// <summary>The table News, and what other features, pages and actions may ask of it.</summary>
internal sealed class NewsService(Hosting.Storage storage, Pages pages)
{
    public const string TableName = "News";
    private const int SchemaVersion = 1;
    private readonly Timeline _timeline = new(storage, TableName);

    /// <param name="after">Where the page before ended.</param>
    public async Task<(IReadOnlyList<NewsItem> Items, string? Next)> ListAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var page = await _timeline.ListAsync(after, count, cancellationToken);
        return ([.. page.Items.Select(FromEntity)], page.Next);
    }

    public async Task<NewsItem?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _timeline.FindAsync(id, cancellationToken) is { } entity ? FromEntity(entity) : null;

    public async Task PutAsync(NewsItem item, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, object>
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = item.Title,
            ["Summary"] = item.Summary,
            ["Text"] = item.Text,
            ["PublishedAt"] = item.PublishedAt,
        };
        if (item.Author is { } author) columns["Author"] = author;
        await _timeline.PutAsync(item.Id, item.PublishedAt, columns, cancellationToken);
        pages.Invalidate();
    }

    private static NewsItem FromEntity(TableEntity entity) => new()
    {
        Id = Timeline.IdOf(entity),
        Title = entity.Required("Title"),
        Summary = entity.GetString("Summary") ?? "",
        Text = entity.GetString("Text") ?? "",
        Author = entity.GetString("Author"),
        PublishedAt = entity.GetDateTimeOffset("PublishedAt") ?? default,
    };
}
