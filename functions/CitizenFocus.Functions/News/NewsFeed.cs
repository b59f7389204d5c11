using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using NodaTime;

namespace CitizenFocus.Functions.News;

/// <summary>The news as an Atom feed, the latest first, page by page back to the first of all.</summary>
internal static class NewsFeed
{
    private const int PageSize = 50;

    public static byte[] Write(IReadOnlyList<Placed<NewsItem>> all, string? after, Links links, SiteOptions site)
    {
        var page = ListPage<NewsItem>.Of(all, after, PageSize);
        Uri Address(string? place) => links.Absolute(NewsPages.At(links.NewsFeed, place));
        return new AtomFeed
        {
            Title = $"{site.Name}: news",
            Author = site.Name,
            Id = Address(null),
            Self = Address(after),
            Alternate = links.Absolute(links.News),
            Next = page.Next is null ? null : Address(page.Next),
            Previous = page.IsFirst ? null : Address(page.Previous),
            Entries = [.. page.Items.Select(item => Entry(item, links))],
        }.Write();
    }

    private static AtomEntry Entry(NewsItem item, Links links) => new()
    {
        Page = links.Absolute(links.NewsItem(item.Id)),
        Title = item.Title,
        Published = Instant.FromDateTimeOffset(item.PublishedAt),
        Updated = Instant.FromDateTimeOffset(item.ChangedAt ?? item.PublishedAt),
        Author = item.Author,
        Summary = item.Summary,
        ContentHtml = string.IsNullOrWhiteSpace(item.Text) ? null : MarkdownText.ToHtml(item.Text, 2),
    };
}
