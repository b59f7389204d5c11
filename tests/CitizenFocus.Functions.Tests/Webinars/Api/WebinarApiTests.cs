using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

public sealed class WebinarApiTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Put_WithoutTheOrganisersToken_Is401AndWritesNothing()
    {
        var webinar = a.Webinar();
        var before = await _site.CountEverythingAsync();

        var none = await _site.SendJsonAsync(HttpMethod.Put, PathOf(webinar), Body());
        var wrong = await _site.SendJsonAsync(HttpMethod.Put, PathOf(webinar), Body(), headers => headers.Authorization = new("Bearer", "wrong-token-of-32-characters-0000"));
        var cancel = await _site.SendJsonAsync(HttpMethod.Post, PathOf(webinar) + "/cancel");

        Assert.All([none, wrong, cancel], answer => Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.Single().Scheme)));
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Put_NewThenChanged_GoesByItsETag()
    {
        var webinar = a.Webinar();

        var created = await PutAsync(webinar, Body());
        var blind = await PutAsync(webinar, Body("Changed"));
        var changed = await PutAsync(webinar, Body("Changed"), created.Headers.ETag!.Tag);
        var stale = await PutAsync(webinar, Body("Stale"), created.Headers.ETag!.Tag);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed],
            new[] { created, blind, changed, stale }.Select(answer => answer.StatusCode));
        Assert.Equal(PathOf(webinar), created.Headers.Location!.OriginalString);
        Assert.Equal(("Changed", 1), await TitleAndRevisionAsync(webinar));
    }

    [Fact]
    public async Task Put_IfMatchOnWhatIsNotThere_Is412() =>
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(a.Webinar(), Body(), "\"any\"")).StatusCode);

    [Fact]
    public async Task Put_WhoseAnswerWasLost_IsReportedAsDone()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = a.Webinar();
        other.Calls.Disturb = StorageCalls.LoseFirstAnswers;

        var created = await other.SendJsonAsync(HttpMethod.Put, PathOf(webinar), Body(), Site.AsOrganiser);
        var changed = await other.SendJsonAsync(HttpMethod.Put, PathOf(webinar), Body("Changed"), headers =>
        {
            Site.AsOrganiser(headers);
            headers.IfMatch.Add(created.Headers.ETag!);
        });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.StatusCode, changed.StatusCode));
        Assert.Equal(("Changed", 1), await TitleAndRevisionAsync(webinar));
    }

    [Fact]
    public async Task Put_Invalid_SaysAllThatIsWrong()
    {
        var answer = await PutAsync(a.Webinar(), """{"title":"","start":"soon","zone":"Mars/Base","capacity":0,"room":"http://room.example","status":"7"}""");
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsObject();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["capacity", "room", "start", "status", "title", "zone"], errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cancel_Twice_IsOneChangeThatCalendarsTake()
    {
        var webinar = await _site.PublishAsync();

        await _site.CancelWebinarAsync(webinar);
        await _site.CancelWebinarAsync(webinar);

        Assert.Equal(("Citizens first", 1), await TitleAndRevisionAsync(webinar));
        var calendar = await Calendar.CalendarParser.ReadAsync(await _site.Client.GetStringAsync($"/webinars/{webinar.Slug}/calendar.ics"));
        Assert.Equal(("CANCELLED", "2026-09-01T12:00:00.000Z"), (calendar.Event.Status, calendar.Event.Stamp));
    }

    [Fact]
    public async Task Change_ThatOutlastsItsAnnouncement_IsAnnouncedAgain()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync();
        var before = await _site.AnnouncementsAsync();
        other.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (StorageCalls.IsTableWrite(request)) other.Time.Advance(Announcements.Delay);
        };

        await other.CancelWebinarAsync(webinar);

        Assert.Equal(before + 2, await _site.AnnouncementsAsync());
    }

    private static string PathOf(Webinar webinar) => $"/api/webinars/{webinar.Slug}";

    private static string Body(string title = "Talk") => new JsonObject
    {
        ["title"] = title,
        ["start"] = "2026-12-08T14:00",
        ["zone"] = "Europe/Brussels",
        ["status"] = "published",
        ["capacity"] = 25,
    }.ToJsonString();

    private Task<HttpResponseMessage> PutAsync(Webinar webinar, string body, string? ifMatch = null) =>
        _site.SendJsonAsync(HttpMethod.Put, PathOf(webinar), body, headers =>
        {
            Site.AsOrganiser(headers);
            if (ifMatch is not null) headers.IfMatch.Add(new(ifMatch));
        });

    private async Task<(string?, int)> TitleAndRevisionAsync(Webinar webinar)
    {
        var document = JsonNode.Parse(await _site.Client.GetStringAsync(PathOf(webinar)))!;
        return ((string?)document["title"], (int)document["revision"]!);
    }
}
