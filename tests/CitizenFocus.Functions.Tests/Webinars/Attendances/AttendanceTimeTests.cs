using CitizenFocus.Functions.Webinars.Attendances;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Tests.Webinars.Attendances;

/// <summary>Read for a session of 8 December 2026, 14:00 in Brussels.</summary>
public sealed class AttendanceTimeTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"];
    private static readonly Instant Near = Instant.FromUtc(2026, 12, 8, 13, 0);

    [Theory]
    [InlineData("12/08/2026 02:02:11 PM", "2026-12-08T13:02:11Z")]
    [InlineData("08/12/2026 14:02:11", "2026-12-08T13:02:11Z")]
    [InlineData("12/8/26, 2:02:11\u202FPM", "2026-12-08T13:02:11Z")]
    [InlineData("8.12.2026, 14:02:11", "2026-12-08T13:02:11Z")]
    [InlineData("8-12-2026 14:02", "2026-12-08T13:02:00Z")]
    [InlineData("2026-12-08 14:02:11", "2026-12-08T13:02:11Z")]
    [InlineData("2026-12-08T14:02:11.5", "2026-12-08T13:02:11Z")]
    [InlineData("Dec 8, 2026 14:02:11", "2026-12-08T13:02:11Z")]
    [InlineData("8 December 2026 14:02", "2026-12-08T13:02:00Z")]
    [InlineData("Dec 08, 2026 02:02 PM CET", "2026-12-08T13:02:00Z")]
    [InlineData("2026-12-08T13:02:11Z", "2026-12-08T13:02:11Z")]
    [InlineData("2026-12-08T08:02:11-05:00", "2026-12-08T13:02:11Z")]
    [InlineData("2026-12-08 08:02 EST", "2026-12-08T13:02:00Z")]
    [InlineData("12/08/2026 1:02 PM (UTC)", "2026-12-08T13:02:00Z")]
    [InlineData("12/08/2026 12:05 AM", "2026-12-07T23:05:00Z")]
    [InlineData("12/08/2026 3:02 PM UTC+2", "2026-12-08T13:02:00Z")]
    public void Read_AsProvidersWriteIt_TheMoment(string text, string moment) =>
        Assert.Equal(InstantPattern.General.Parse(moment).Value, AttendanceTime.Read(text, "", Zone, Near));

    [Theory]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("14:02")]
    [InlineData("12/08/2026")]
    [InlineData("13/13/2026 14:02")]
    [InlineData("02/30/2026 14:02")]
    [InlineData("12/08/2026 25:02")]
    [InlineData("12/08/2026 13:02 PM")]
    [InlineData("12/08/2026 14:02 XYZ")]
    [InlineData("12/08/2026 14:02 UTC+99")]
    [InlineData("=HYPERLINK(\"https://evil.example\")")]
    public void Read_NoTime_Null(string text) => Assert.Null(AttendanceTime.Read(text, "", Zone, Near));

    [Fact]
    public void Read_HourThatComesTwice_TheOneNearTheSession()
    {
        var first = Instant.FromUtc(2026, 10, 25, 0, 30);
        var second = first + Duration.FromHours(1);

        Assert.Equal(first, AttendanceTime.Read("2026-10-25 02:30", "", Zone, first - Duration.FromMinutes(10)));
        Assert.Equal(second, AttendanceTime.Read("2026-10-25 02:30", "", Zone, second + Duration.FromMinutes(10)));
    }

    [Theory]
    [InlineData("57", 57.0)]
    [InlineData("57.5", 57.5)]
    [InlineData("1h 27m 51s", 87.85)]
    [InlineData("27m 51s", 27.85)]
    [InlineData("51s", 0.85)]
    [InlineData("1 hour 5 minutes", 65.0)]
    [InlineData("1:27:51", 87.85)]
    [InlineData("1 Std.", null)]
    [InlineData("", null)]
    [InlineData("--", null)]
    [InlineData("-5", null)]
    public void ReadLength_AsProvidersWriteIt_Minutes(string text, double? minutes) => Assert.Equal(minutes, AttendanceTime.ReadLength(text)?.TotalMinutes);
}
