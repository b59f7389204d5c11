using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>Series for programs: anybody reads, organisers write.</summary>
internal static class SeriesApi
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/series", Pages.Methods, ListSeries);
        site.MapMethods("/api/series/{slug}", Pages.Methods, GetSeries);
        site.MapPut("/api/series/{slug}", PutSeries).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListSeries(HttpContext context, SeriesStore store, Links links) => Results.Json(
        new([.. (await store.ListAsync(context.RequestAborted)).Select(series => SeriesDocument.Of(series, links))]), SeriesJson.Default.SeriesListDocument);

    private static async Task<IResult> GetSeries(HttpContext context, string slug, SeriesStore store, Links links) =>
        await store.FindAsync(slug, context.RequestAborted) is { } series
            ? Document(series, links)
            : Problems.Of(StatusCodes.Status404NotFound, "There is no such series");

    private static async Task<IResult> PutSeries(HttpContext context, string slug, SeriesStore store, Pages pages, Links links)
    {
        if (!SeriesStore.IsSlug(slug)) return Problems.Of(StatusCodes.Status400BadRequest, "That is no slug", "Use 1 to 100 lower-case letters, digits and single hyphens, and another word than “confirm”.");
        if (await ContentBody.ReadAsync(context, (sent, errors) => Validate(slug, sent, errors)) is var (series, refusal) && series is null) return refusal!;

        await store.PutAsync(series, context.RequestAborted);
        pages.Invalidate();
        return Document(series, links);
    }

    private static WebinarSeries Validate(string slug, Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new() { Slug = slug, Title = fields.RequiredLine("title", 200, "Enter a title."), Summary = fields.Line("summary", 1_000) ?? "" };
    }

    private static IResult Document(WebinarSeries series, Links links) => Results.Json(SeriesDocument.Of(series, links), SeriesJson.Default.SeriesDocument);
}

internal sealed record SeriesDocument(string Slug, string Title, string Summary, Uri Url)
{
    public static SeriesDocument Of(WebinarSeries series, Links links) => new(series.Slug, series.Title, series.Summary, links.Absolute(links.Series(series.Slug)));
}

internal sealed record SeriesListDocument(IReadOnlyList<SeriesDocument> Series);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SeriesDocument))]
[JsonSerializable(typeof(SeriesListDocument))]
internal sealed partial class SeriesJson : JsonSerializerContext;
