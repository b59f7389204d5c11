using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

/// <summary>News for programs: anybody reads, organisers write.</summary>
internal static class NewsApi
{
    private const int PageSize = 50;
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/news", Pages.Methods, ListNews);
        site.MapMethods("/api/news/{id}", Pages.Methods, GetNewsItem);
        site.MapPut("/api/news/{id}", PutNewsItem).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/news/{id}/withdraw", WithdrawNewsItem).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListNews(HttpContext context, string? after, NewsService news, Links links)
    {
        var page = ListPage<NewsItem>.Of(await news.SnapshotAsync(context.RequestAborted), Timeline.IsPosition(after) ? after : null, PageSize);
        return Results.Json(new NewsListDocument([.. page.Items.Select(item => NewsDocument.Of(item, links))], page.Next), NewsJson.Default.NewsListDocument);
    }

    private static async Task<IResult> GetNewsItem(HttpContext context, string id, NewsService news, Links links) =>
        await news.FindAsync(id, context.RequestAborted) switch
        {
            null => NotFound(),
            { IsWithdrawn: true } => Problems.Of(StatusCodes.Status410Gone, "This piece of news was withdrawn"),
            var item => Results.Json(NewsDocument.Of(item, links), NewsJson.Default.NewsDocument),
        };

    private static async Task<IResult> WithdrawNewsItem(HttpContext context, string id, NewsService news, Links links) =>
        await news.WithdrawAsync(id, context.RequestAborted) is { } item ? Results.Json(NewsDocument.Of(item, links), NewsJson.Default.NewsDocument) : NotFound();

    private static IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, "There is no such piece of news");

    /// <summary>Publishes a piece of news, or replaces the one of that id.</summary>
    private static async Task<IResult> PutNewsItem(HttpContext context, string id, NewsService news, Links links, TimeProvider clock)
    {
        if (!PublicId.IsValid(id)) return Problems.NoId();
        if (await ContentBody.ReadAsync(context, (sent, errors) => Validate(id, sent, clock.GetUtcNow(), errors)) is var (item, refusal) && item is null) return refusal!;

        await news.PutAsync(item, context.RequestAborted);
        return Results.Json(NewsDocument.Of(item, links), NewsJson.Default.NewsDocument);
    }

    private static NewsItem Validate(string id, Submission.Fields sent, DateTimeOffset now, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new()
        {
            Id = id,
            Title = fields.RequiredLine("title", 200, "Enter a title."),
            Summary = fields.Line("summary", 1_000) ?? "",
            Text = fields.Text("text", 20_000),
            Author = fields.Line("author", 200),
            PublishedAt = fields.Time("publishedAt") ?? now,
        };
    }
}

/// <param name="Next">For <c>?after=</c>: the page of those before in time; absent on the last page.</param>
internal sealed record NewsListDocument(IReadOnlyList<NewsDocument> News, string? Next);

/// <summary>A piece of news in JSON.</summary>
internal sealed record NewsDocument(string Id, string Title, string Summary, string Text, string? Author, DateTimeOffset PublishedAt, Uri Url)
{
    public static NewsDocument Of(NewsItem item, Links links) => new(
        item.Id, item.Title, item.Summary, item.Text, item.Author, item.PublishedAt, links.Absolute(links.NewsItem(item.Id)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewsDocument))]
[JsonSerializable(typeof(NewsListDocument))]
internal sealed partial class NewsJson : JsonSerializerContext;
