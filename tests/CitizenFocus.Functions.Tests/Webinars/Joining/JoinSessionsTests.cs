using System.Globalization;
using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Joining;

/// <summary>In Brussels: 8 December 14:00 for 90 minutes, the day after 10:00 for 60; an hour less in UTC.</summary>
public sealed class JoinSessionsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("2026-12-08T12:44:59", "Session 1 of 2", "Tuesday 8 December 2026, 14:00–15:30", false)]
    [InlineData("2026-12-08T12:45:00", "Session 1 of 2", "Tuesday 8 December 2026, 14:00–15:30", true)]
    [InlineData("2026-12-08T14:29:59", "Session 1 of 2", "Tuesday 8 December 2026, 14:00–15:30", true)]
    [InlineData("2026-12-08T14:59:59", "Session 1 of 2", "Tuesday 8 December 2026, 14:00–15:30", true)]
    [InlineData("2026-12-08T15:00:00", "Session 2 of 2", "Wednesday 9 December 2026, 10:00–11:00", false)]
    [InlineData("2026-12-09T08:44:59", "Session 2 of 2", "Wednesday 9 December 2026, 10:00–11:00", false)]
    [InlineData("2026-12-09T08:45:00", "Session 2 of 2", "Wednesday 9 December 2026, 10:00–11:00", true)]
    [InlineData("2026-12-09T09:59:59", "Session 2 of 2", "Wednesday 9 December 2026, 10:00–11:00", true)]
    public async Task Page_ByTheTime_IsTheSessionsThatIsOnOrNext(string time, string session, string when, bool isOpen)
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync(time);

        var page = await Html.ReadAsync(await then.Client.GetAsync(_site.JoinPath(webinar, anna)));

        Assert.Contains(session, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(when, page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(isOpen ? 1 : 0, page.QuerySelectorAll("form").Length);
    }

    [Fact]
    public async Task Page_AfterTheLastSession_IsOver()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync("2026-12-09T10:30:00");

        Assert.Contains("This is over", await then.Client.GetStringAsync(_site.JoinPath(webinar, anna)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Button_OfEachSession_NotesThatSessionAndTheFirstTimeOnly()
    {
        var (webinar, anna) = await WithASeatAsync();
        foreach (var time in new[] { "2026-12-08T12:50:00", "2026-12-08T13:10:00", "2026-12-08T14:30:00", "2026-12-09T08:50:00", "2026-12-09T09:30:00" })
        {
            await using var then = await AtAsync(time);
            var response = await then.Client.PostAsync(_site.JoinPath(webinar, anna), null);
            Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        }

        var attendance = (await _site.RegistrationAsync(webinar, anna))!.Attendance;
        Assert.Equal(
            [(1, "2026-12-08T12:50:00"), (2, "2026-12-09T08:50:00")],
            attendance.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.JoinedAt.ToString("s", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Button_PressedTwiceAtOnce_NotesTheTimeOnce()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync("2026-12-08T12:50:00");

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => then.Client.PostAsync(_site.JoinPath(webinar, anna), null)));

        Assert.All(responses, response => Assert.Equal("https://room.example/secret-room", response.Headers.Location!.AbsoluteUri));
        Assert.Equal([1], (await _site.RegistrationAsync(webinar, anna))!.Attendance.Keys);
    }

    private async Task<(Webinar Webinar, string Address)> WithASeatAsync()
    {
        var webinar = await _site.PublishAsync(w => w with { FurtherSessions = [new(new(2026, 12, 9, 10, 0), Duration.FromMinutes(60))] });
        var anna = a.Address();
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        return (webinar, anna);
    }

    private Task<Site> AtAsync(string time) => _site.StartAnotherAsync(new FakeTimeProvider(DateTimeOffset.Parse($"{time}Z", CultureInfo.InvariantCulture)));
}
