using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// A webinar's time in words, for pages and e-mails: in its own zone, by name, and in UTC. English on a 24-hour
/// clock whatever the server's culture, so that nobody has to guess which of 3/12 is the month. Of several sessions
/// each has its own line in <see cref="EachSession"/>; what takes the webinar alone speaks of the first.
/// </summary>
public static class WebinarTimes
{
    private static readonly LocalDatePattern DayPattern = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM uuuu");
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly OffsetPattern OffsetPattern = OffsetPattern.CreateWithInvariantCulture("'UTC'+HH:mm");

    /// <summary>
    /// <c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC</c>; of a webinar that is
    /// known by its day only, <see cref="Day(Webinar)"/>. Of several sessions the first, <c>and 2 more sessions</c>.
    /// </summary>
    public static string Full(Webinar webinar)
    {
        var first = Full(webinar, webinar.Sessions[0]);
        return webinar.FurtherSessions.Count switch
        {
            0 => first,
            1 => first + " and 1 more session",
            var more => string.Create(CultureInfo.InvariantCulture, $"{first} and {more} more sessions"),
        };
    }

    /// <summary>As <see cref="Full(Webinar)"/>, of one session.</summary>
    public static string Full(Webinar webinar, WebinarSession session) =>
        webinar.DateOnly ? Day(session.Time) : $"{Local(webinar, session)} · {Utc(webinar, session)}";

    /// <summary>A line a session, in order, as <see cref="Full(Webinar, WebinarSession)"/>; one line for most webinars.</summary>
    public static IReadOnlyList<string> EachSession(Webinar webinar) => [.. webinar.Sessions.Select(session => Full(webinar, session))];

    /// <summary><c>Sunday 6 December 2026</c>, or the first and the last of several days.</summary>
    public static string Day(Webinar webinar) => Day(webinar.Sessions[0].Time);

    /// <summary>As <see cref="Day(Webinar)"/>, of one session.</summary>
    public static string Day(SessionTime session)
    {
        var (first, last) = (session.Start.Date, LastDay(session));
        return first == last ? DayPattern.Format(first) : $"{DayPattern.Format(first)} – {DayPattern.Format(last)}";
    }

    /// <summary><c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00)</c></summary>
    public static string Local(Webinar webinar) => In(webinar.Zone, webinar);

    /// <summary>As <see cref="Local(Webinar)"/>, of one session.</summary>
    public static string Local(Webinar webinar, WebinarSession session) => In(webinar.Zone, session);

    /// <summary>As <see cref="Local(Webinar)"/>, in another zone.</summary>
    public static string In(DateTimeZone zone, Webinar webinar) => In(zone, webinar.Sessions[0]);

    /// <summary>As <see cref="In(DateTimeZone, Webinar)"/>, of one session.</summary>
    public static string In(DateTimeZone zone, WebinarSession session)
    {
        var start = session.Start.InZone(zone);
        return $"{DayPattern.Format(start.Date)}, {Span(start, session.End.InZone(zone))} ({ZoneOf(start)})";
    }

    /// <summary><c>14:00–15:30 UTC</c>, with its day where that is not the day in the webinar's zone.</summary>
    public static string Utc(Webinar webinar) => Utc(webinar, webinar.Sessions[0]);

    /// <summary>As <see cref="Utc(Webinar)"/>, of one session.</summary>
    public static string Utc(Webinar webinar, WebinarSession session)
    {
        var start = session.Start.InUtc();
        var span = Span(start, session.End.InUtc()) + " UTC";
        return start.Date == session.Start.InZone(webinar.Zone).Date ? span : $"{DayPattern.Format(start.Date)}, {span}";
    }

    /// <summary>A moment such as the opening of registration: <c>Sunday 6 December 2026, 15:00 (Europe/Brussels, UTC+01:00) · 14:00 UTC</c></summary>
    public static string Moment(Webinar webinar, Instant moment)
    {
        var (local, utc) = (moment.InZone(webinar.Zone), moment.InUtc());
        var inUtc = $"{TimePattern.Format(utc.TimeOfDay)} UTC";
        return $"{DayPattern.Format(local.Date)}, {TimePattern.Format(local.TimeOfDay)} ({ZoneOf(local)}) · "
            + (utc.Date == local.Date ? inUtc : $"{DayPattern.Format(utc.Date)}, {inUtc}");
    }

    /// <summary>The last day that a whole-day entry covers: one day at least, and each day that is begun.</summary>
    public static LocalDate LastDay(Webinar webinar) => LastDay(webinar.Sessions[0].Time);

    /// <summary>As <see cref="LastDay(Webinar)"/>, of one session.</summary>
    public static LocalDate LastDay(SessionTime session) =>
        session.Start.Date.PlusDays(Math.Max(1, (int)Math.Ceiling(session.Duration.TotalDays)) - 1);

    private static string ZoneOf(ZonedDateTime time) => $"{time.Zone.Id}, {OffsetPattern.Format(time.Offset)}";

    private static string Span(ZonedDateTime start, ZonedDateTime end) =>
        start.Date == end.Date
            ? $"{TimePattern.Format(start.TimeOfDay)}–{TimePattern.Format(end.TimeOfDay)}"
            : $"{TimePattern.Format(start.TimeOfDay)} – {DayPattern.Format(end.Date)}, {TimePattern.Format(end.TimeOfDay)}";
}
