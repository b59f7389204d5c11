using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// A webinar's time in words, for pages and e-mails: in its own zone, by name, and in UTC. English on a 24-hour
/// clock whatever the server's culture, so that nobody has to guess which of 3/12 is the month.
/// </summary>
public static class WebinarTimes
{
    private static readonly LocalDatePattern DayPattern = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM uuuu");
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly OffsetPattern OffsetPattern = OffsetPattern.CreateWithInvariantCulture("'UTC'+HH:mm");

    /// <summary>
    /// <c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC</c>; of a webinar that is
    /// known by its day only, <see cref="Day"/>.
    /// </summary>
    public static string Full(Webinar webinar) => webinar.DateOnly ? Day(webinar) : $"{Local(webinar)} · {Utc(webinar)}";

    /// <summary><c>Sunday 6 December 2026</c>, or the first and the last of several days.</summary>
    public static string Day(Webinar webinar)
    {
        var (first, last) = (webinar.Start.Date, LastDay(webinar));
        return first == last ? DayPattern.Format(first) : $"{DayPattern.Format(first)} – {DayPattern.Format(last)}";
    }

    /// <summary><c>Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00)</c></summary>
    public static string Local(Webinar webinar) => In(webinar.Zone, webinar);

    /// <summary>As <see cref="Local"/>, in another zone.</summary>
    public static string In(DateTimeZone zone, Webinar webinar)
    {
        var start = webinar.StartInstant.InZone(zone);
        var end = webinar.EndInstant.InZone(zone);
        return $"{DayPattern.Format(start.Date)}, {Span(start, end)} ({zone.Id}, {OffsetPattern.Format(start.Offset)})";
    }

    /// <summary><c>14:00–15:30 UTC</c>, with its day where that is not the day in the webinar's zone.</summary>
    public static string Utc(Webinar webinar)
    {
        var start = webinar.StartInstant.InUtc();
        var span = Span(start, webinar.EndInstant.InUtc()) + " UTC";
        return start.Date == webinar.StartInstant.InZone(webinar.Zone).Date ? span : $"{DayPattern.Format(start.Date)}, {span}";
    }

    /// <summary>The last day that a whole-day entry covers: one day at least, and each day that is begun.</summary>
    public static LocalDate LastDay(Webinar webinar) =>
        webinar.Start.Date.PlusDays(Math.Max(1, (int)Math.Ceiling(webinar.Duration.TotalDays)) - 1);

    private static string Span(ZonedDateTime start, ZonedDateTime end) =>
        start.Date == end.Date
            ? $"{TimePattern.Format(start.TimeOfDay)}–{TimePattern.Format(end.TimeOfDay)}"
            : $"{TimePattern.Format(start.TimeOfDay)} – {DayPattern.Format(end.Date)}, {TimePattern.Format(end.TimeOfDay)}";
}
