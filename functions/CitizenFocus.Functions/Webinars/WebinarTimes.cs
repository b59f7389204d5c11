using CitizenFocus.Functions.Languages;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// A webinar's time in words, for pages and e-mails: in its own zone, by name, and in UTC. With the month's name on a 24-hour
/// clock, so that nobody has to guess which of 3/12 is the month. Of several sessions each has its own line in
/// <see cref="EachSession"/>; what takes the webinar alone speaks of the first.
/// </summary>
public sealed class WebinarTimes(Texts texts)
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly OffsetPattern OffsetPattern = OffsetPattern.CreateWithInvariantCulture("'UTC'+HH:mm");

    /// <summary>For pages, which are in English so far.</summary>
    public static WebinarTimes English => new(Texts.English);

    /// <summary>
    /// <c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC</c>; of a webinar that is
    /// known by its day only, <see cref="Day(Webinar)"/>. Of several sessions the first, <c>and 2 more sessions</c>.
    /// </summary>
    public string Full(Webinar webinar)
    {
        var first = Full(webinar, webinar.Sessions[0]);
        return webinar.FurtherSessions.Count == 0 ? first : texts.Plural("webinar.furtherSessions", webinar.FurtherSessions.Count, ("first", first));
    }

    /// <summary>As <see cref="Full(Webinar)"/>, of one session.</summary>
    public string Full(Webinar webinar, WebinarSession session) =>
        webinar.DateOnly ? Day(session.Time) : $"{Local(webinar, session)} · {Utc(webinar, session)}";

    /// <summary>A line a session, in order, as <see cref="Full(Webinar, WebinarSession)"/>; one line for most webinars.</summary>
    public IReadOnlyList<string> EachSession(Webinar webinar) => [.. webinar.Sessions.Select(session => Full(webinar, session))];

    /// <summary><c>Sunday 6 December 2026</c>, or the first and the last of several days.</summary>
    public string Day(Webinar webinar) => Day(webinar.Sessions[0].Time);

    /// <summary>As <see cref="Day(Webinar)"/>, of one session.</summary>
    public string Day(SessionTime session)
    {
        var (first, last) = (session.Start.Date, LastDay(session));
        return first == last ? texts.Day(first) : texts.Of("date.days", ("first", texts.Day(first)), ("last", texts.Day(last)));
    }

    /// <summary><c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00)</c></summary>
    public string Local(Webinar webinar) => In(webinar.Zone, webinar);

    /// <summary>As <see cref="Local(Webinar)"/>, of one session.</summary>
    public string Local(Webinar webinar, WebinarSession session) => In(webinar.Zone, session);

    /// <summary>As <see cref="Local(Webinar)"/>, in another zone.</summary>
    public string In(DateTimeZone zone, Webinar webinar) => In(zone, webinar.Sessions[0]);

    /// <summary>As <see cref="In(DateTimeZone, Webinar)"/>, of one session.</summary>
    public string In(DateTimeZone zone, WebinarSession session)
    {
        var start = session.Start.InZone(zone);
        return At(start.Date, $"{Span(start, session.End.InZone(zone))} ({ZoneOf(start)})");
    }

    /// <summary><c>14:00–15:30 UTC</c>, with its day where that is not the day in the webinar's zone.</summary>
    public string Utc(Webinar webinar) => Utc(webinar, webinar.Sessions[0]);

    /// <summary>As <see cref="Utc(Webinar)"/>, of one session.</summary>
    public string Utc(Webinar webinar, WebinarSession session)
    {
        var start = session.Start.InUtc();
        var span = Span(start, session.End.InUtc()) + " UTC";
        return start.Date == session.Start.InZone(webinar.Zone).Date ? span : At(start.Date, span);
    }

    /// <summary>A moment such as the opening of registration: <c>Sunday 6 December 2026, 15:00 (Europe/Brussels, UTC+01:00) · 14:00 UTC</c></summary>
    public string Moment(Webinar webinar, Instant moment)
    {
        var (local, utc) = (moment.InZone(webinar.Zone), moment.InUtc());
        var inUtc = $"{TimePattern.Format(utc.TimeOfDay)} UTC";
        return At(local.Date, $"{TimePattern.Format(local.TimeOfDay)} ({ZoneOf(local)})") + " · " + (utc.Date == local.Date ? inUtc : At(utc.Date, inUtc));
    }

    /// <summary>The last day that a whole-day entry covers: one day at least, and each day that is begun.</summary>
    public static LocalDate LastDay(Webinar webinar) => LastDay(webinar.Sessions[0].Time);

    /// <summary>As <see cref="LastDay(Webinar)"/>, of one session.</summary>
    public static LocalDate LastDay(SessionTime session) =>
        session.Start.Date.PlusDays(Math.Max(1, (int)Math.Ceiling(session.Duration.TotalDays)) - 1);

    private static string ZoneOf(ZonedDateTime time) => $"{time.Zone.Id}, {OffsetPattern.Format(time.Offset)}";

    private string Span(ZonedDateTime start, ZonedDateTime end) =>
        start.Date == end.Date
            ? $"{TimePattern.Format(start.TimeOfDay)}–{TimePattern.Format(end.TimeOfDay)}"
            : $"{TimePattern.Format(start.TimeOfDay)} – {At(end.Date, TimePattern.Format(end.TimeOfDay))}";

    private string At(LocalDate day, string time) => texts.Of("date.at", ("day", texts.Day(day)), ("time", time));
}
