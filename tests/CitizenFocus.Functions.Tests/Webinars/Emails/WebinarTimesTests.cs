using CitizenFocus.Functions.Webinars;
using NodaTime;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Emails;

public sealed class WebinarTimesTests
{
    [Theory]
    [InlineData("Europe/Brussels", "Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC")]
    [InlineData("Asia/Kolkata", "Sunday 6 December 2026, 15:00–16:30 (Asia/Kolkata, UTC+05:30) · 09:30–11:00 UTC")]
    [InlineData("Pacific/Auckland", "Sunday 6 December 2026, 15:00–16:30 (Pacific/Auckland, UTC+13:00) · 02:00–03:30 UTC")]
    [InlineData("America/New_York", "Sunday 6 December 2026, 15:00–16:30 (America/New_York, UTC-05:00) · 20:00–21:30 UTC")]
    public void Times_InAZone_AreShownThereAndInUtc(string zone, string expected) =>
        Assert.Equal(expected, WebinarTimes.English.Full(AWebinar with { Zone = Zone(zone) }));

    [Fact]
    public void Times_OverMidnight_NameBothDays() => Assert.Equal(
        "Sunday 6 December 2026, 23:30 – Monday 7 December 2026, 01:00 (Europe/Brussels, UTC+01:00) · 22:30 – Monday 7 December 2026, 00:00 UTC",
        WebinarTimes.English.Full(AWebinar with { Start = new(2026, 12, 6, 23, 30) }));

    [Fact]
    public void Times_OnAnotherDayInUtc_NameThatDay() => Assert.Equal(
        "Sunday 6 December 2026, 00:30–02:00 (Europe/Athens, UTC+02:00) · Saturday 5 December 2026, 22:30 – Sunday 6 December 2026, 00:00 UTC",
        WebinarTimes.English.Full(AWebinar with { Start = new(2026, 12, 6, 0, 30), Zone = Zone("Europe/Athens") }));

    [Theory]
    [InlineData(2, "Sunday 6 December 2026")]
    [InlineData(24, "Sunday 6 December 2026")]
    [InlineData(36, "Sunday 6 December 2026 – Monday 7 December 2026")]
    public void Times_OfADay_HaveNoHour(int hours, string expected) =>
        Assert.Equal(expected, WebinarTimes.English.Full(AWebinar with { DateOnly = true, Duration = Duration.FromHours(hours) }));

    [Fact]
    public void Times_OfSeveralSessions_AreEachOnesOwn()
    {
        var webinar = AWebinar with { FurtherSessions = [new(new(2026, 12, 13, 10, 0), Duration.FromMinutes(30)), new(new(2027, 6, 6, 10, 0), Duration.FromHours(1))] };

        Assert.Equal("Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC and 2 more sessions", WebinarTimes.English.Full(webinar));
        Assert.Equal("Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00)", WebinarTimes.English.Local(webinar));
        Assert.Equal("14:00–15:30 UTC", WebinarTimes.English.Utc(webinar));
        Assert.Equal(
            [
                "Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC",
                "Sunday 13 December 2026, 10:00–10:30 (Europe/Brussels, UTC+01:00) · 09:00–09:30 UTC",
                "Sunday 6 June 2027, 10:00–11:00 (Europe/Brussels, UTC+02:00) · 08:00–09:00 UTC",
            ],
            WebinarTimes.English.EachSession(webinar));
    }

    [Theory]
    [InlineData(10, "Sunday 6 December 2026, 11:00 (Europe/Brussels, UTC+01:00) · 10:00 UTC")]
    [InlineData(23, "Monday 7 December 2026, 00:00 (Europe/Brussels, UTC+01:00) · Sunday 6 December 2026, 23:00 UTC")]
    public void Moment_OfAWebinar_IsInItsZoneAndInUtc(int hour, string expected) =>
        Assert.Equal(expected, WebinarTimes.English.Moment(AWebinar, Instant.FromUtc(2026, 12, 6, hour, 0)));
}
