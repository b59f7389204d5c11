using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

/// <summary>What visitors read of news: pages, and the feed.</summary>
internal static class NewsPages
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/news", Pages.Methods, ListNews);
        site.MapMethods("/news/{id}", Pages.Methods, ShowNewsItem);
        site.MapMethods("/news.atom", Pages.Methods, ShowFeed);
    }

    private static Task<IResult> ListNews(HttpContext context, string? after, Pages pages, NewsService news, Links links)
    {
        var place = Timeline.IsPosition(after) ? after : null;
        return pages.CachedPageAsync<NewsListPage>(context, $"news {place}", async cancellationToken =>
        {
            var page = ListPage<NewsItem>.Of(await news.SnapshotAsync(cancellationToken), place, PageSize);
            return new Dictionary<string, object?>
            {
                [nameof(NewsListPage.Model)] = new NewsListModel
                {
                    Items = [.. page.Items.Select(NewsItemView.Of)],
                    NewerHref = page.IsFirst ? null : At(links.News, page.Previous),
                    OlderHref = page.Next is null ? null : At(links.News, page.Next),
                },
            };
        });
    }

    private static Task<IResult> ShowNewsItem(HttpContext context, string id, Pages pages, NewsService news) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<NewsItemPage>(
                context,
                $"news item {id}",
                async cancellationToken => await news.FindAsync(id, cancellationToken) is { IsWithdrawn: false } item
                    ? new Dictionary<string, object?> { [nameof(NewsItemPage.Item)] = NewsItemView.Of(item) }
                    : null,
                async () => await news.FindAsync(id, context.RequestAborted) is { IsWithdrawn: true }
                    ? await pages.GoneAsync(context, "This piece of news was withdrawn.")
                    : await pages.NotFoundAsync(context))
            : pages.NotFoundAsync(context);

    private static async Task<IResult> ShowFeed(HttpContext context, string? after, NewsService news, Links links, SiteOptions site)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var all = await news.SnapshotAsync(context.RequestAborted);
        return new ConditionalFile(NewsFeed.Write(all, Timeline.IsPosition(after) ? after : null, links, site), AtomFeed.ContentType);
    }

    internal static string At(string path, string? place) => place is null ? path : $"{path}?after={place}";
}
