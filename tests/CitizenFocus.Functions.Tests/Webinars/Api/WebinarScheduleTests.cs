using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

/// <summary>Local times that are not there, or twice; ends, sessions, and what is past.</summary>
public sealed class WebinarScheduleTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("Europe/Brussels", "2027-03-28T02:30")]
    [InlineData("Europe/Lisbon", "2027-03-28T01:00")]
    [InlineData("Atlantic/Azores", "2027-03-28T00:30")]
    [InlineData("America/New_York", "2027-03-14T02:59")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15")]
    public async Task Start_ThatTheClocksSkip_IsRefusedThere(string zone, string start)
    {
        var errors = await ErrorsAsync(body => (body["zone"], body["start"]) = (zone, start));

        Assert.Equal("start", Assert.Single(errors).Key);
        Assert.Contains("does not exist", errors["start"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Brussels", "2026-10-25T02:30", "2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00")]
    [InlineData("Europe/Lisbon", "2026-10-25T01:00", "2026-10-25T00:00:00+00:00", "2026-10-25T01:00:00+00:00")]
    [InlineData("Atlantic/Azores", "2026-10-25T00:30", "2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00+00:00", "2026-11-01T06:30:00+00:00")]
    [InlineData("Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45:00+00:00", "2027-04-03T15:15:00+00:00")]
    public async Task Start_ThatComesTwice_IsAskedForWhichOne(string zone, string start, string first, string second)
    {
        var errors = await ErrorsAsync(body => (body["zone"], body["start"]) = (zone, start));
        Assert.Equal("start", Assert.Single(errors).Key);
        Assert.Contains("startOccurrence", errors["start"], StringComparison.Ordinal);

        foreach (var (occurrence, utc) in new[] { ("first", first), ("second", second) })
        {
            var document = await TakenAsync(body => (body["zone"], body["start"], body["startOccurrence"]) = (zone, start, occurrence));
            Assert.Equal((utc, occurrence), ((string?)document["startUtc"], (string?)document["startOccurrence"]));
        }
    }

    [Fact]
    public async Task Start_ThatComesOnce_NeedsNoOccurrence()
    {
        var document = await TakenAsync(body => body["startOccurrence"] = "second");

        Assert.Equal((null, "2026-12-08T13:00:00+00:00"), ((string?)document["startOccurrence"], (string?)document["startUtc"]));
    }

    [Theory]
    [InlineData("2026-12-08T14:00")]
    [InlineData("2026-12-08T13:59")]
    [InlineData("2026-12-23T14:00")]
    [InlineData("later")]
    public async Task End_NotWithinDaysAfterTheStart_IsRefusedThere(string end) => Assert.Equal(["end"], (await ErrorsAsync(body =>
    {
        body.Remove("durationMinutes");
        body["end"] = end;
    })).Keys);

    [Theory]
    [InlineData("2027-03-28T02:30")]
    [InlineData("2026-10-25T02:30")]
    public async Task End_ThatIsNotThereOrTwice_IsRefusedThere(string end) => Assert.Equal(["end"], (await ErrorsAsync(body =>
    {
        body.Remove("durationMinutes");
        (body["start"], body["end"]) = (end[..11] + "01:00", end);
    })).Keys);

    [Fact]
    public async Task End_BehindAChangeOfTheHour_CountsTheTimeThatPasses()
    {
        var document = await TakenAsync(body =>
        {
            body.Remove("durationMinutes");
            (body["start"], body["end"]) = ("2026-10-25T01:00", "2026-10-25T04:00");
        });

        Assert.Equal(240, (int)document["durationMinutes"]!);
    }

    [Fact]
    public async Task DateOnly_TakesDaysToTheLast()
    {
        var document = await TakenAsync(body =>
        {
            body.Remove("durationMinutes");
            (body["dateOnly"], body["start"], body["end"]) = (true, "2026-12-06", "2026-12-08");
        });

        Assert.Equal(("2026-12-06T00:00:00", 3 * 24 * 60), ((string?)document["start"], (int)document["durationMinutes"]!));
    }

    [Theory]
    [InlineData("2026-12-08T15:29/60")]
    [InlineData("2026-12-01T14:00/60")]
    [InlineData("2026-12-10T14:00/90", "2026-12-10T15:00/30")]
    [InlineData("2027-03-28T02:30/60")]
    [InlineData("2027-10-31T02:30/60")]
    [InlineData("2026-12-10T14:00")]
    [InlineData("2026-12-10T14:00/0")]
    [InlineData("2026-12-10T14:00/60/third")]
    public async Task FurtherSessions_OutOfOrderOrNotATime_AreRefusedThere(params string[] sessions) =>
        Assert.Equal(["furtherSessions"], (await ErrorsAsync(body => body["furtherSessions"] = new JsonArray([.. sessions.Select(session => JsonValue.Create(session))]))).Keys);

    [Fact]
    public async Task FurtherSessions_InOrder_AreNumberedAndInUtc()
    {
        var document = await TakenAsync(body => body["furtherSessions"] = new JsonArray("2026-12-08T15:30/30", "2027-10-31T02:30/60/second"));

        Assert.Equal(
            [(1, "2026-12-08T13:00:00+00:00", "2026-12-08T14:30:00+00:00"), (2, "2026-12-08T14:30:00+00:00", "2026-12-08T15:00:00+00:00"), (3, "2027-10-31T01:30:00+00:00", "2027-10-31T02:30:00+00:00")],
            document["sessions"]!.AsArray().Select(session => ((int)session!["number"]!, (string)session["startUtc"]!, (string)session["endUtc"]!)));
    }

    [Fact]
    public async Task Past_WithItsTimesUnchanged_TakesARecording()
    {
        await using var site = await Site.StartAsync();
        var slug = OrganiserSteps.NewSlug();
        await site.PutAsync(slug, OrganiserSteps.Body(body => body["status"] = "published"));
        site.Time.SetUtcNow(new(2026, 12, 9, 0, 0, 0, TimeSpan.Zero));

        var recorded = await site.EditAsync(slug, body => body["recording"] = "https://film.example/1");
        var moved = await site.EditAsync(slug, body => body["start"] = "2027-01-08T14:00");
        var longer = await site.EditAsync(slug, body => body["durationMinutes"] = 120);

        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
        Assert.Equal(["start"], (await OrganiserSteps.ErrorsAsync(moved)).Keys);
        Assert.Equal(["start"], (await OrganiserSteps.ErrorsAsync(longer)).Keys);
    }

    [Fact]
    public async Task Running_MayLastLongerButNotMoveIntoThePast()
    {
        await using var site = await Site.StartAsync();
        var slug = OrganiserSteps.NewSlug();
        await site.PutAsync(slug, OrganiserSteps.Body(body => body["status"] = "published"));
        site.Time.SetUtcNow(new(2026, 12, 8, 13, 30, 0, TimeSpan.Zero));

        Assert.Equal(HttpStatusCode.OK, (await site.EditAsync(slug, body => body["durationMinutes"] = 120)).StatusCode);
        Assert.Equal(["start"], (await OrganiserSteps.ErrorsAsync(await site.EditAsync(slug, body => body["start"] = "2026-12-08T14:15"))).Keys);
    }

    private async Task<IReadOnlyDictionary<string, string>> ErrorsAsync(Action<JsonObject> change) =>
        await OrganiserSteps.ErrorsAsync(await _site.PutAsync(OrganiserSteps.NewSlug(), OrganiserSteps.Body(change)));

    private async Task<JsonObject> TakenAsync(Action<JsonObject> change)
    {
        var response = await _site.PutAsync(OrganiserSteps.NewSlug(), OrganiserSteps.Body(change));
        var document = await OrganiserSteps.ReadAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, document.ToJsonString());
        return document;
    }
}
