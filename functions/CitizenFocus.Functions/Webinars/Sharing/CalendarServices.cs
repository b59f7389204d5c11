using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Sharing;

/// <summary>
/// Links that open a calendar on the web with a session filled in. None of the services publishes a specification: these are
/// the addresses that their own buttons use.
/// </summary>
internal static class CalendarServices
{
    private static readonly InstantPattern BasicTime = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    private static readonly LocalDatePattern BasicDay = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public static IReadOnlyList<(string Name, Func<Webinar, WebinarSession, Links, string> Link)> All { get; } =
    [
        ("Google Calendar", Google),
        ("Outlook.com", (webinar, session, links) => Outlook("outlook.live.com", webinar, session, links)),
        ("Office 365", (webinar, session, links) => Outlook("outlook.office.com", webinar, session, links)),
        ("Yahoo", Yahoo),
    ];

    private static string Google(Webinar webinar, WebinarSession session, Links links) => Query("https://calendar.google.com/calendar/render",
        ("action", "TEMPLATE"),
        ("text", webinar.Title),
        ("dates", webinar.DateOnly
            ? $"{BasicDay.Format(session.Time.Start.Date)}/{BasicDay.Format(DayAfter(session))}"
            : $"{BasicTime.Format(session.Start)}/{BasicTime.Format(session.End)}"),
        ("ctz", webinar.Zone.Id),
        ("details", Details(webinar, links)),
        ("location", Location(webinar, links)));

    private static string Outlook(string host, Webinar webinar, WebinarSession session, Links links) => Query($"https://{host}/calendar/0/deeplink/compose",
        ("path", "/calendar/action/compose"),
        ("rru", "addevent"),
        ("subject", webinar.Title),
        ("startdt", webinar.DateOnly ? LocalDatePattern.Iso.Format(session.Time.Start.Date) : InstantPattern.General.Format(session.Start)),
        ("enddt", webinar.DateOnly ? LocalDatePattern.Iso.Format(DayAfter(session)) : InstantPattern.General.Format(session.End)),
        ("allday", webinar.DateOnly ? "true" : "false"),
        ("body", Details(webinar, links)),
        ("location", Location(webinar, links)));

    private static string Yahoo(Webinar webinar, WebinarSession session, Links links) => Query("https://calendar.yahoo.com/",
        ("v", "60"),
        ("title", webinar.Title),
        ("st", webinar.DateOnly ? BasicDay.Format(session.Time.Start.Date) : BasicTime.Format(session.Start)),
        webinar.DateOnly ? ("dur", "allday") : ("et", BasicTime.Format(session.End)),
        ("desc", Details(webinar, links)),
        ("in_loc", Location(webinar, links)));

    private static string Details(Webinar webinar, Links links) =>
        webinar.Summary.Length > 0 ? $"{webinar.Summary}\n\n{PageOf(webinar, links)}" : PageOf(webinar, links);

    private static string Location(Webinar webinar, Links links) => webinar.Place ?? PageOf(webinar, links);

    private static string PageOf(Webinar webinar, Links links) => links.Absolute(links.Webinar(webinar.Slug.Value)).AbsoluteUri;

    /// <summary>An entry of whole days ends with the first that it does not cover.</summary>
    private static LocalDate DayAfter(WebinarSession session) => WebinarTimes.LastDay(session.Time).PlusDays(1);

    private static string Query(string address, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var pairs = new List<string>();
        foreach (var (name, value) in parameters) pairs.Add($"{name}={Uri.EscapeDataString(value)}");
        return $"{address}?{string.Join('&', pairs)}";
    }
}
