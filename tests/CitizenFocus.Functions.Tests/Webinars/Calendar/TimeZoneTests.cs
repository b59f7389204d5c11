using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Calendar;
using NodaTime;
using NodaTime.Text;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

/// <summary>The hour that a calendar computes from the file's own VTIMEZONE is NodaTime's.</summary>
public sealed class TimeZoneTests
{
    private static readonly string[] Zones =
    [
        "Europe/Brussels", "Europe/London", "Europe/Athens", "Europe/Dublin", "Europe/Istanbul", "Europe/Kyiv", "America/New_York", "America/Sao_Paulo",
        "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "Asia/Tehran", "Australia/Lord_Howe", "UTC", "Etc/UTC",
    ];

    [Fact]
    public async Task File_OfOneWebinarAtAnyDate_HasNodaTimesHour()
    {
        // Prime steps, so that the hours and days differ; across every change of a clock from 2015 to 2030.
        var webinars = Zones.SelectMany(zone => Dates(new(2015, 1, 1, 0, 30), Period.FromDays(41) + Period.FromHours(7), new(2031, 1, 1, 0, 0))
            .Select(start => AWebinar with { Start = start, Zone = Zone(zone) })).ToArray();

        await AssertHoursAsync(webinars, [.. webinars.Select(w => WebinarCalendar.Publish([w], Links, Options, Stamp))]);
    }

    [Fact]
    public async Task File_OnTheDaysWhenTheClockIsChanged_HasNodaTimesHour()
    {
        var webinars = Zones.Select(Zone).SelectMany(zone => zone
            .GetZoneIntervals(Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0)).Skip(1)
            .SelectMany(change => new[] { -90, -30, 0, 30, 90 }.Select(minutes => change.Start.InZone(zone).PlusMinutes(minutes).LocalDateTime))
            .Select(start => AWebinar with { Start = start, Zone = zone, Duration = Duration.FromMinutes(45) })).ToArray();

        await AssertHoursAsync(webinars, [.. webinars.Select(w => WebinarCalendar.Publish([w], Links, Options, Stamp))]);
    }

    [Fact]
    public async Task Feed_OfSixteenYears_HasNodaTimesHours()
    {
        var webinars = Zones.SelectMany(zone => Dates(new(2015, 1, 1, 0, 30), Period.FromDays(17) + Period.FromHours(5), new(2031, 1, 1, 0, 0))
            .Select(start => AWebinar with { Start = start, Zone = Zone(zone) })).ToArray();

        await AssertHoursAsync(webinars, [WebinarCalendar.Publish(webinars, Links, Options, Stamp)]);
    }

    [Theory]
    [InlineData("Europe/Brussels")]
    [InlineData("Europe/London")]
    [InlineData("Europe/Athens")]
    [InlineData("America/New_York")]
    public void File_InAZoneWithARule_WritesTheRule(string zone)
    {
        var calendar = WebinarCalendar.Publish([AWebinar with { Zone = Zone(zone) }], Links, Options, Stamp);

        // Outlook takes a zone's two rules, and no lists of dates.
        Assert.Equal(2, calendar.Split("RRULE:FREQ=YEARLY").Length - 1);
        Assert.DoesNotContain("RDATE", calendar, StringComparison.Ordinal);
    }

    private static async Task AssertHoursAsync(Webinar[] webinars, string[] calendars)
    {
        var events = (await CalendarParser.ReadAllAsync(calendars)).SelectMany(c => c.Events).ToArray();

        Assert.Equal(
            webinars.Select(w => (w.Zone.Id, w.Start, Text(w.StartInstant), Text(w.EndInstant))),
            webinars.Zip(events, (w, e) => (w.Zone.Id, w.Start, e.Start, e.End)));
    }

    private static IEnumerable<LocalDateTime> Dates(LocalDateTime first, Period step, LocalDateTime end)
    {
        for (var date = first; date < end; date += step) yield return date;
    }

    private static string Text(Instant instant) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'").Format(instant);
}
