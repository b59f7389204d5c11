using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Calendar;
using NodaTime;
using NodaTime.Text;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

/// <summary>Several sessions are one entry, which shows each of them at its instant.</summary>
public sealed class SessionSeriesTests
{
    private static readonly Attendee Anna = new(EmailAddress.Parse("anna@example.org"), "Anna");

    public static TheoryData<string> Zones => ["Europe/Brussels", "Europe/Athens", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"];

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Sessions_AtAnyDaysAndHours_AreAllShownAtTheirInstants(string zone)
    {
        Random random = new(5);
        Webinar[] webinars = [.. Enumerable.Range(0, 60).Select(n => Several(Zone(zone), Times(random, new(2026, 1 + n % 12, 1 + n % 28, random.Next(24), 15 * random.Next(4)), n % 3)))];

        await AssertShownAsync(webinars);
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Sessions_OnDaysWhenTheClockIsChanged_AreAllShownAtTheirInstants(string zone)
    {
        var tz = Zone(zone);
        var changes = tz.GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2029, 1, 1, 0, 0)).Skip(1).Select(interval => interval.Start).DefaultIfEmpty(Stamp);
        Webinar[] webinars = [.. changes
            .SelectMany(change => new[] { -90, -30, 0, 30, 90 }.Select(minutes => change.InZone(tz).PlusMinutes(minutes).LocalDateTime))
            .SelectMany(start => new[] { true, false }.SelectMany(later => new[]
            {
                // The change comes with the second session, and with the first.
                Several(tz, [new(start.PlusDays(-7), Duration.FromHours(1)), new(start, Duration.FromHours(1), later), new(start.PlusDays(7), Duration.FromHours(1))]),
                Several(tz, [new(start, Duration.FromHours(1), later), new(start.PlusDays(7), Duration.FromHours(1))]),
            }))];

        await AssertShownAsync(webinars);
    }

    [Fact]
    public void Sessions_OfEachWeek_AreARuleWithoutExceptions()
    {
        var lines = Lines(WebinarCalendar.Request(Several(Zone("Europe/Brussels"), [At(12, 6), At(12, 13), At(12, 20)]), Anna, 0, JoinUrl, Links, Options, Stamp));

        Assert.Contains("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=SU", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("EXDATE", StringComparison.Ordinal) || line.StartsWith("RDATE", StringComparison.Ordinal) || line.StartsWith("RECURRENCE-ID", StringComparison.Ordinal));
        Assert.Contains("DTEND;TZID=Europe/Brussels:20261206T160000", lines);
        Assert.All(lines, line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 1, 75));
    }

    [Fact]
    public async Task Session_OfAnotherLength_IsAnExceptionOfTheSameUidAndSequence()
    {
        var webinar = Several(Zone("Europe/Brussels"), [At(12, 6), At(12, 8), At(12, 13) with { Duration = Duration.FromHours(3) }]);

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Request(webinar, Anna, 4, JoinUrl, Links, Options, Stamp));

        Assert.Equal(2, calendar.Events.Length);
        Assert.Single(calendar.Events.Select(entry => (entry.Uid, entry.Sequence, entry.Status, entry.Summary, entry.Location, entry.Attendee)).Distinct());
        Assert.Equal([null, "2026-12-13T14:00:00.000Z"], calendar.Events.Select(entry => entry.RecurrenceId));
        Assert.Equal(3, calendar.Occurrences.Length);
        Assert.Contains("Session 3: Sunday 13 December 2026, 15:00–18:00", calendar.Event.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OfOneDay_AreOneEntryFromTheFirstToTheLast()
    {
        var webinar = Several(Zone("Europe/Brussels"), [At(12, 6), new(new(2026, 12, 6, 17, 0), Duration.FromHours(1)), At(12, 7)]);

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Publish([webinar], Links, Options, Stamp));

        Assert.Equal(
            [("2026-12-06T14:00:00.000Z", "2026-12-06T17:00:00.000Z"), ("2026-12-07T14:00:00.000Z", "2026-12-07T15:00:00.000Z")],
            calendar.Occurrences.Select(occurrence => (occurrence.Start, occurrence.End)));
    }

    [Fact]
    public async Task Cancel_OfSeveralSessions_IsOneEntryForAll()
    {
        var webinar = Several(Zone("Europe/Brussels"), [At(12, 6), At(12, 8) with { Duration = Duration.FromHours(2) }]);

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Cancel(webinar, Anna, 5, JoinUrl, Links, Options, Stamp));

        Assert.Equal((5, "CANCELLED", null), (Assert.Single(calendar.Events).Sequence, calendar.Event.Status, calendar.Event.RecurrenceId));
    }

    [Fact]
    public async Task Days_WithoutAnHour_AreWholeDays()
    {
        var webinar = Several(Zone("Europe/Brussels"), [At(12, 6), At(12, 8), At(12, 20) with { Duration = Duration.FromHours(30) }]) with { DateOnly = true };

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Publish([webinar], Links, Options, Stamp));

        Assert.Equal(
            [("2026-12-06", "2026-12-07"), ("2026-12-08", "2026-12-09"), ("2026-12-20", "2026-12-22")],
            calendar.Occurrences.Select(occurrence => (occurrence.Start, occurrence.End)));
        Assert.Empty(calendar.Zones);
    }

    private static async Task AssertShownAsync(Webinar[] webinars)
    {
        string[] calendars = [
            .. webinars.Select(webinar => WebinarCalendar.Request(webinar, Anna, 0, JoinUrl, Links, Options, Stamp)),
            WebinarCalendar.Publish(webinars.Select((webinar, index) => webinar with { Slug = WebinarSlug.Parse($"talk-{index}") }), Links, Options, Stamp),
        ];

        var read = await CalendarParser.ReadAllAsync(calendars);

        Assert.All(webinars.Zip(read), pair => Assert.Equal(
            pair.First.Sessions.Select(session => (Text(session.Start), Text(session.End))),
            pair.Second.Occurrences.Select(occurrence => (occurrence.Start, occurrence.End)).Order()));
        Assert.Equal(
            webinars.SelectMany((webinar, index) => webinar.Sessions.Select(session => ($"talk-{index}", Text(session.Start), Text(session.End)))).Order(),
            read[^1].Occurrences.Select(occurrence => (occurrence.Uid.Split('@')[0], occurrence.Start, occurrence.End)).Order());
    }

    private static Webinar Several(DateTimeZone zone, IReadOnlyList<SessionTime> times) => AWebinar with
    {
        Zone = zone,
        Start = times[0].Start,
        Duration = times[0].Duration,
        StartIsLaterOfTwo = times[0].IsLaterOfTwo,
        FurtherSessions = [.. times.Skip(1)],
    };

    private static SessionTime At(int month, int day) => new(new(2026, month, day, 15, 0), Duration.FromHours(1));

    /// <summary>Two to six sessions on days of their own: at the same hour, at several, or of several lengths too.</summary>
    private static List<SessionTime> Times(Random random, LocalDateTime start, int freedom)
    {
        var times = new List<SessionTime> { new(start, Duration.FromMinutes(45)) };
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var date = times[^1].Start.Date.PlusDays(random.Next(3) == 0 ? random.Next(1, 70) : 7);
            var time = freedom == 0 ? start.TimeOfDay : new LocalTime(random.Next(24), 30);
            times.Add(new(date + time, Duration.FromMinutes(freedom == 2 ? random.Next(10, 120) : 45)));
        }

        return times;
    }

    private static string[] Lines(string calendar) => calendar.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(Instant instant) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'").Format(instant);
}
