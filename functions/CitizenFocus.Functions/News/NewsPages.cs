using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.News;

internal static class NewsPages
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/news", Pages.Methods, ListNews);
        site.MapMethods("/news/{id}", Pages.Methods, ShowNewsItem);
    }

    public static NewsItemView View(NewsItem item) => new()
    {
        Id = item.Id,
        Title = item.Title,
        Summary = item.Summary,
        Text = item.Text,
        Author = item.Author,
        Published = LocalDate.FromDateTime(item.PublishedAt.UtcDateTime),
    };

    private static Task<IResult> ListNews(HttpContext context, string? after, Pages pages, NewsService news, Links links) =>
        pages.CachedPageAsync<NewsListPage>(context, $"news {after}", async cancellationToken =>
        {
            var (items, next) = await news.ListAsync(after, PageSize, cancellationToken);
            return new Dictionary<string, object?>
            {
                [nameof(NewsListPage.Model)] = new NewsListModel
                {
                    Items = [.. items.Select(View)],
                    NewerHref = after is null ? null : links.News,
                    OlderHref = next is null ? null : $"{links.News}?after={next}",
                },
            };
        });

    private static Task<IResult> ShowNewsItem(HttpContext context, string id, Pages pages, NewsService news) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<NewsItemPage>(context, $"news item {id}", async cancellationToken =>
                await news.FindAsync(id, cancellationToken) is { } item
                    ? new Dictionary<string, object?> { [nameof(NewsItemPage.Item)] = View(item) }
                    : null)
            : pages.NotFoundAsync(context);
}
