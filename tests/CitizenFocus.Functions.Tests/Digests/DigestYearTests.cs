using CitizenFocus.Functions.Digests;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Calendars;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>A year and a week by hand: both changes of the hour, the year's end, and a year of 53 weeks.</summary>
public sealed class DigestYearTests : DigestTest
{
    private static readonly DateTimeZone Brussels = DateTimeZoneProviders.Tzdb["Europe/Brussels"];

    [Fact]
    public async Task Issues_OverFiftyThreeWeeks_AreMadeOnMondaysAtEightByTheirWeek()
    {
        await PublishAsync();
        for (var week = 0; week < 53; week++)
        {
            var monday = NextMonday();
            Site.Time.SetUtcNow(monday.AddMinutes(-5));
            await Site.FireTimerAsync(MakeDigests.FunctionName);
            Site.Time.SetUtcNow(monday);
            await Site.FireTimerAsync(MakeDigests.FunctionName);
            Site.Time.SetUtcNow(monday.AddMinutes(5));
            await PublishAsync();
        }

        var issues = await Site.Services.GetRequiredService<IssueStore>().ListAsync(DigestCadence.Weekly, default);
        Assert.Equal(53, issues.Count);
        Assert.Equal(Enumerable.Range(1, 53), issues.Select(issue => issue.Key.Number));
        Assert.All(issues, issue =>
        {
            var made = Instant.FromDateTimeOffset(issue.MadeAt).InZone(Brussels);
            Assert.Equal((IsoDayOfWeek.Monday, new LocalTime(8, 0)), (made.DayOfWeek, made.TimeOfDay));
            Assert.Equal($"{WeekYearRules.Iso.GetWeekYear(made.Date)}-W{WeekYearRules.Iso.GetWeekOfWeekYear(made.Date):00}", issue.Name);
        });
        Assert.Contains(issues, issue => issue.Name == "2026-W53");
        Assert.Contains(issues, issue => issue.Name == "2027-W01");
        Assert.Equal(["06:00", "07:00"], issues.Select(issue => issue.MadeAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order());
        Assert.Equal(12, (await Site.Services.GetRequiredService<IssueStore>().ListAsync(DigestCadence.Monthly, default)).Count(issue => issue.MadeAt < new DateTimeOffset(2027, 9, 1, 0, 0, 0, TimeSpan.Zero)));
    }
}
