using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Webinars for programs: anybody reads what is public, organisers write.</summary>
internal static class WebinarApi
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/webinars", Pages.Methods, ListWebinars);
        site.MapMethods("/api/webinars/{slug}", Pages.Methods, GetWebinar);
        site.MapPut("/api/webinars/{slug}", PutWebinar).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/cancel", CancelWebinar).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListWebinars(HttpContext context, WebinarService webinars, Links links)
    {
        var (upcoming, past) = await webinars.ListForVisitorsAsync(context.RequestAborted);
        return Results.Json(
            new WebinarListDocument([.. upcoming.Concat(past).Select(webinar => WebinarDocument.Of(webinar, links))]),
            WebinarJson.Default.WebinarListDocument);
    }

    private static async Task<IResult> GetWebinar(HttpContext context, string slug, WebinarService webinars, Links links)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed)
            || await webinars.FindAsync(parsed, context.RequestAborted) is not { Value: { Status: not WebinarStatus.Draft } } found)
        {
            return NotFound();
        }

        return Document(context, found, links);
    }

    /// <summary>Creates a webinar, or replaces one whose ETag is given in If-Match.</summary>
    private static async Task<IResult> PutWebinar(HttpContext context, string slug, WebinarService webinars, Links links)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "That is no slug", "Use 1 to 100 lower-case letters, digits and single hyphens.");
        }

        if (await WebinarInput.ReadAsync(context, parsed) is var (webinar, refusal) && webinar is null) return refusal!;

        var existing = await webinars.FindAsync(parsed, context.RequestAborted);
        if (existing is null)
        {
            if (context.Request.Headers.IfMatch.Count > 0) return Stale();
            if (!await webinars.TryAddAsync(webinar, context.RequestAborted)) return Stale();
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = $"/api/webinars/{parsed}";
        }
        else
        {
            if (!Matches(context.Request, existing.ETag)) return Stale();
            if (!await webinars.TryChangeAsync(webinar, existing.Value, existing.ETag, context.RequestAborted)) return Stale();
        }

        return await webinars.FindAsync(parsed, context.RequestAborted) is { } stored ? Document(context, stored, links) : NotFound();
    }

    private static async Task<IResult> CancelWebinar(HttpContext context, string slug, WebinarService webinars, Links links)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed)) return NotFound();
        while (await webinars.FindAsync(parsed, context.RequestAborted) is { } found)
        {
            if (found.Value.Status == WebinarStatus.Cancelled) return Document(context, found, links);
            await webinars.TryChangeAsync(found.Value with { Status = WebinarStatus.Cancelled }, found.Value, found.ETag, context.RequestAborted);
        }

        return NotFound();
    }

    private static bool Matches(HttpRequest request, ETag etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Tag.Value == WebinarDocument.TagOf(etag));

    private static IResult Document(HttpContext context, Stored<Webinar> stored, Links links)
    {
        context.Response.Headers.ETag = WebinarDocument.TagOf(stored.ETag);
        return Results.Json(
            WebinarDocument.Of(stored.Value, links), WebinarJson.Default.WebinarDocument, statusCode: context.Response.StatusCode);
    }

    private static IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");

    private static IResult Stale() => Problems.Of(
        StatusCodes.Status412PreconditionFailed,
        "It has changed since you read it",
        "Read the webinar again and send its ETag in If-Match; leave If-Match out to create one.");
}

internal sealed record WebinarListDocument(IReadOnlyList<WebinarDocument> Webinars);

/// <summary>A webinar in JSON: what visitors may know, hence not its room.</summary>
internal sealed record WebinarDocument
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; init; }

    public required WebinarKind Kind { get; init; }

    public required WebinarStatus Status { get; init; }

    /// <summary>Local time in <see cref="Zone"/>, ISO 8601 without an offset.</summary>
    public required string Start { get; init; }

    /// <summary>An IANA name.</summary>
    public required string Zone { get; init; }

    public required DateTimeOffset StartUtc { get; init; }

    public required int DurationMinutes { get; init; }

    public required bool DateOnly { get; init; }

    public string? Place { get; init; }

    public int? Capacity { get; init; }

    public required int Revision { get; init; }

    public Uri? Recording { get; init; }

    public required Uri Url { get; init; }

    public static WebinarDocument Of(Webinar webinar, Links links) => new()
    {
        Slug = webinar.Slug.Value,
        Title = webinar.Title,
        Summary = webinar.Summary,
        Text = webinar.Text,
        Kind = webinar.Kind,
        Status = webinar.Status,
        Start = NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(webinar.Start),
        Zone = webinar.Zone.Id,
        StartUtc = webinar.StartInstant.ToDateTimeOffset(),
        DurationMinutes = (int)webinar.Duration.TotalMinutes,
        DateOnly = webinar.DateOnly,
        Place = webinar.Place,
        Capacity = webinar.Capacity,
        Revision = webinar.Revision,
        Recording = webinar.Recording,
        Url = links.Absolute(links.Webinar(webinar.Slug.Value)),
    };

    /// <summary>Storage's ETag is weak by its spelling (<c>W/"…"</c>) yet changes with every write: what stands in it serves as a strong one.</summary>
    public static string TagOf(ETag etag) => Conditional.TagOf(System.Text.Encoding.ASCII.GetBytes(etag.ToString()));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebinarDocument))]
[JsonSerializable(typeof(WebinarListDocument))]
internal sealed partial class WebinarJson : JsonSerializerContext;
