using System.Text;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Calendar;
using CitizenFocus.Functions.Webinars.Sharing;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>What visitors read of webinars: pages, and calendars.</summary>
internal static class WebinarPages
{
    private const string CalendarType = "text/calendar; charset=utf-8";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/webinars", Pages.Methods, ListWebinars);
        site.MapMethods("/webinars/{slug}", Pages.Methods, ShowWebinar);
        site.MapMethods("/webinars/{slug}/calendar.ics", Pages.Methods, ShowCalendarEntry);
        site.MapMethods("/calendar.ics", Pages.Methods, ShowCalendarFeed);
        site.MapMethods("/webinars.atom", Pages.Methods, ShowFeed);
    }

    private static Task<IResult> ListWebinars(HttpContext context, Pages pages, WebinarService webinars) =>
        pages.CachedPageAsync<WebinarListPage>(context, "webinars", async cancellationToken =>
        {
            var (upcoming, past) = await webinars.ListForVisitorsAsync(cancellationToken);
            return new Dictionary<string, object?> { [nameof(WebinarListPage.Model)] = new WebinarListModel { Upcoming = upcoming, Past = past } };
        });

    private static Task<IResult> ShowWebinar(HttpContext context, string slug, Pages pages, WebinarService webinars, WebinarPageModels models) =>
        WebinarSlug.TryParse(slug, out var parsed)
            ? pages.CachedPageAsync<WebinarPage>(context, $"webinar {slug}", async cancellationToken =>
                await webinars.FindPublicAsync(parsed, cancellationToken) is { } webinar
                    ? WebinarPageModels.Parameters(await models.FreshAsync(webinar, cancellationToken))
                    : null)
            : pages.NotFoundAsync(context);

    private static async Task<IResult> ShowCalendarEntry(
        HttpContext context, string slug, Pages pages, WebinarService webinars, Links links, EmailOptions options, TimeProvider clock) =>
        WebinarSlug.TryParse(slug, out var parsed) && await webinars.FindPublicAsync(parsed, context.RequestAborted) is { } webinar
            ? Calendar(context, WebinarCalendar.Publish([webinar], links, options, Stamp(clock)), webinar.Slug.Value)
            : await pages.NotFoundAsync(context);

    private static async Task<IResult> ShowCalendarFeed(
        HttpContext context, WebinarService webinars, Links links, EmailOptions options, SiteOptions site, TimeProvider clock) =>
        Calendar(
            context,
            WebinarCalendar.Publish(await webinars.ListPublishedAsync(context.RequestAborted), links, options, Stamp(clock), site.Name),
            "calendar");

    private static async Task<IResult> ShowFeed(HttpContext context, WebinarService webinars, Links links, SiteOptions site)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return new ConditionalFile(WebinarFeed.Write(await webinars.ListPublishedAsync(context.RequestAborted), links, site), AtomFeed.ContentType);
    }

    /// <param name="context">The request's.</param>
    /// <param name="content">The calendar.</param>
    /// <param name="name">Under which the visitor keeps it, without the extension.</param>
    /// <param name="cacheControl">Who may keep it, and whether they ask again.</param>
    internal static IResult Calendar(HttpContext context, string content, string name, string cacheControl = "no-cache")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        context.Response.Headers.CacheControl = cacheControl;
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{name}.ics\"";
        return new ConditionalFile(bytes, CalendarType);
    }

    // DTSTAMP to the day, so that a calendar that did not change keeps its ETag for as long.
    internal static Instant Stamp(TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow().UtcDateTime.Date);
}
