using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

internal static class NewsPages
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/news", Pages.Methods, ListNews);
        site.MapMethods("/news/{id}", Pages.Methods, ShowNewsItem);
    }

    private static Task<IResult> ListNews(HttpContext context, string? after, Pages pages, NewsService news, Links links) =>
        pages.CachedPageAsync<NewsListPage>(context, $"news {after}", async cancellationToken =>
        {
            var (items, next) = await news.ListAsync(after, PageSize, cancellationToken);
            return new Dictionary<string, object?>
            {
                [nameof(NewsListPage.Model)] = new NewsListModel
                {
                    Items = [.. items.Select(NewsItemView.Of)],
                    NewerHref = after is null ? null : links.News,
                    OlderHref = next is null ? null : $"{links.News}?after={next}",
                },
            };
        });

    private static Task<IResult> ShowNewsItem(HttpContext context, string id, Pages pages, NewsService news) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<NewsItemPage>(context, $"news item {id}", async cancellationToken =>
                await news.FindAsync(id, cancellationToken) is { } item
                    ? new Dictionary<string, object?> { [nameof(NewsItemPage.Item)] = NewsItemView.Of(item) }
                    : null)
            : pages.NotFoundAsync(context);
}
