using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Stands in until the branch email is merged.</summary>
internal static class WebinarTimes
{
    private static readonly LocalDatePattern DayPattern = LocalDatePattern.Create("dddd d MMMM uuuu", CultureInfo.InvariantCulture);

    private static readonly LocalTimePattern HourPattern = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);

    public static string Local(Webinar webinar) => Range(webinar, webinar.Zone);

    public static string Utc(Webinar webinar) => Range(webinar, DateTimeZone.Utc) + " UTC";

    public static string Zone(Webinar webinar) => webinar.Zone.Id;

    public static string Iso(Instant instant) => InstantPattern.General.Format(instant);

    private static string Range(Webinar webinar, DateTimeZone zone)
    {
        var (start, end) = (webinar.StartInstant.InZone(zone).LocalDateTime, webinar.EndInstant.InZone(zone).LocalDateTime);
        var until = start.Date == end.Date ? HourPattern.Format(end.TimeOfDay) : $"{DayPattern.Format(end.Date)}, {HourPattern.Format(end.TimeOfDay)}";
        return $"{DayPattern.Format(start.Date)}, {HourPattern.Format(start.TimeOfDay)}\u2013{until}";
    }
}
