using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Webinars.Api;

/// <summary>Webinars for programs: anybody reads what is public, organisers read all and write.</summary>
internal static class WebinarApi
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/webinars", Pages.Methods, ListWebinars);
        site.MapMethods("/api/webinars/{slug}", Pages.Methods, GetWebinar);
        site.MapPut("/api/webinars/{slug}", PutWebinar).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/publish", PublishWebinar).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/cancel", CancelWebinar).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/archive", ArchiveWebinar).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListWebinars(HttpContext context, WebinarService webinars, OrganiserAccess access, Links links)
    {
        if (MayRead(context, access) is not { } isOrganiser) return OrganiserAccess.Refuse(context);

        IEnumerable<Webinar> listed;
        if (isOrganiser)
        {
            listed = await webinars.ListForOrganisersAsync(context.RequestAborted);
        }
        else
        {
            var (upcoming, past) = await webinars.ListForVisitorsAsync(context.RequestAborted);
            listed = upcoming.Concat(past);
        }

        return Results.Json(
            new WebinarListDocument([.. listed.Select(webinar => WebinarDocument.Of(webinar, links, isOrganiser))]),
            WebinarJson.Default.WebinarListDocument);
    }

    private static async Task<IResult> GetWebinar(HttpContext context, string slug, WebinarService webinars, OrganiserAccess access, Links links)
    {
        if (MayRead(context, access) is not { } isOrganiser) return OrganiserAccess.Refuse(context);
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is not { } found) return NotFound();
        return found.Value.Status == WebinarStatus.Draft && !isOrganiser ? NotFound() : Document(context, found, links, isOrganiser);
    }

    /// <summary>Creates a webinar, or replaces one whose ETag is given in If-Match.</summary>
    private static async Task<IResult> PutWebinar(HttpContext context, string slug, WebinarService webinars, WebinarInput input, Links links)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "That is no slug", "Use 1 to 100 lower-case letters, digits and single hyphens.");
        }

        var existing = await webinars.FindAsync(parsed, context.RequestAborted);
        if (await input.ReadAsync(context, parsed, existing?.Value) is var (webinar, refusal) && webinar is null) return refusal!;

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
            if (WebinarLife.WhyNotToPut(existing.Value.Status, webinar.Status) is { } refused) return Conflict(refused);
            if (!await webinars.TryChangeAsync(webinar, existing.Value, existing.ETag, context.RequestAborted)) return Stale();
        }

        return await webinars.FindAsync(parsed, context.RequestAborted) is { } stored ? Document(context, stored, links, true) : NotFound();
    }

    private static Task<IResult> PublishWebinar(HttpContext context, string slug, WebinarLife life, Links links) =>
        MoveAsync(context, slug, life.PublishAsync, links);

    private static Task<IResult> CancelWebinar(HttpContext context, string slug, WebinarLife life, Links links) =>
        MoveAsync(context, slug, life.CancelAsync, links);

    private static Task<IResult> ArchiveWebinar(HttpContext context, string slug, WebinarLife life, Links links) =>
        MoveAsync(context, slug, life.ArchiveAsync, links);

    private static async Task<IResult> MoveAsync(
        HttpContext context, string slug, Func<WebinarSlug, CancellationToken, Task<WebinarLife.Outcome>> move, Links links)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed)) return NotFound();
        return await move(parsed, context.RequestAborted) switch
        {
            WebinarLife.Outcome.Done(var stored) => Document(context, stored, links, true),
            WebinarLife.Outcome.Refused refused => Conflict(refused),
            WebinarLife.Outcome.NotFound => NotFound(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    /// <summary>Whether an organiser asks; <see langword="null"/> for a wrong token, whose bearer shall not wonder where the drafts are.</summary>
    private static bool? MayRead(HttpContext context, OrganiserAccess access)
    {
        context.Response.Headers.Vary = HeaderNames.Authorization;
        if (!OrganiserAccess.HasToken(context.Request)) return false;
        if (!access.IsOrganiser(context.Request)) return null;
        context.Response.Headers.CacheControl = "no-store";
        return true;
    }

    private static bool Matches(HttpRequest request, ETag etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Tag.Value == WebinarDocument.TagOf(etag));

    private static IResult Document(HttpContext context, Stored<Webinar> stored, Links links, bool forOrganisers)
    {
        context.Response.Headers.ETag = WebinarDocument.TagOf(stored.ETag);
        return Results.Json(
            WebinarDocument.Of(stored.Value, links, forOrganisers), WebinarJson.Default.WebinarDocument, statusCode: context.Response.StatusCode);
    }

    private static IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");

    private static IResult Conflict(WebinarLife.Outcome.Refused refused) => Problems.Of(StatusCodes.Status409Conflict, refused.Why, refused.Remedy);

    private static IResult Stale() => Problems.Of(
        StatusCodes.Status412PreconditionFailed,
        "It has changed since you read it",
        "Read the webinar again and send its ETag in If-Match; leave If-Match out to create one.");
}
