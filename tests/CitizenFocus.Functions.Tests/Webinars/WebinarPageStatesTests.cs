using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars;

/// <summary>What a visitor finds on a webinar's page, as the organisers planned it. It is noon of 1 September 2026, UTC.</summary>
public sealed class WebinarPageStatesTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 2, 9, 0);
    private static readonly Instant Earlier = Instant.FromUtc(2026, 8, 31, 9, 0);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Page_BeforeRegistrationOpens_SaysWhenAndTakesRequestsForInvitations()
    {
        var webinar = await _site.PublishAsync(w => w with { OpensAt = Later });

        var page = await ReadAsync(webinar);

        Assert.Equal(
            [$"/webinars/{webinar.Slug}/invitation-requests", $"/webinars/{webinar.Slug}/confirmation-requests"],
            page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")));
        Assert.Contains("Monday 2 November 2026, 10:00 (Europe/Brussels, UTC+01:00) · 09:00 UTC", page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["email", "website", "form"], page.QuerySelectorAll("form[action$='invitation-requests'] [name]").Select(control => control.GetAttribute("name")));
    }

    [Fact]
    public async Task Page_ByInvitation_SaysSoAndTakesRequests()
    {
        var webinar = await _site.PublishAsync(w => w with { IsInvitationOnly = true });

        var page = await ReadAsync(webinar);

        Assert.Contains("for those who have an invitation", page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [$"/webinars/{webinar.Slug}/invitation-requests", $"/webinars/{webinar.Slug}/confirmation-requests"],
            page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")));
    }

    [Fact]
    public async Task Page_AfterClosing_SaysSinceWhenAndSendsConfirmationsAgain()
    {
        var webinar = await _site.PublishAsync(w => w with { ClosesAt = Earlier });
        var page = await ReadAsync(webinar);

        Assert.Equal([$"/webinars/{webinar.Slug}/confirmation-requests"], page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")));
        Assert.Contains("Registration closed on Monday 31 August 2026, 11:00", page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithClosingTimeAhead_SaysUntilWhen() =>
        Assert.Contains("Register by", (await ReadAsync(await _site.PublishAsync(w => w with { ClosesAt = Later }))).QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Page_WithApproval_SaysThatAnOrganiserDecides()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });

        Assert.Contains("An organiser", (await ReadAsync(webinar)).QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        var received = await Html.ReadAsync(await _site.Client.GetAsync($"/webinars/{webinar.Slug}/registrations"));
        Assert.Contains("An organiser decides", received.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "24 hours")]
    [InlineData(false, "it goes to whoever has waited longest")]
    public async Task Page_Full_SaysHowAFreedSeatIsGiven(bool offers, string words)
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1, OffersSeats = offers });
        await _site.RegisterAsync(webinar, a.Address());
        await _site.AdvanceAsync(webinar);

        var aside = (await ReadAsync(webinar)).QuerySelector("aside")!.TextContent;

        Assert.Contains("Join the waiting list", aside, StringComparison.Ordinal);
        Assert.Contains(words, aside, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "opens on Monday 2 November 2026")]
    [InlineData(false, "those who have an invitation")]
    public async Task Registering_WhereOneCannotYet_Is409WithTheFormForInvitationsAndWritesNothing(bool opensLater, string words)
    {
        var webinar = await _site.PublishAsync(w => opensLater ? w with { OpensAt = Later } : w with { IsInvitationOnly = true });
        var before = await _site.CountEverythingAsync();
        (string, string)[] filled = [("name", "Anna Ash"), ("email", "anna@example.org"), ("consent", "on")];

        var form = await _site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", filled);
        var wrong = await _site.PostFormAsync($"/webinars/{webinar.Slug}/registrations");
        var json = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", new JsonObject { ["name"] = "Anna", ["email"] = "anna@example.org", ["consent"] = true });
        var page = await Html.ReadAsync(form);

        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict], [form.StatusCode, wrong.StatusCode, json.StatusCode]);
        Assert.Contains(words, page.QuerySelector(".notice-warn")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("anna@example.org", page.GetElementById("invitation-email")!.GetAttribute("value"));
        Assert.Contains(words, (string)JsonNode.Parse(await json.Content.ReadAsStringAsync())!["title"]!, StringComparison.Ordinal);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Page_InFull_ShowsSessionsSpeakersLanguagesAndMaterials()
    {
        var id = Guid.NewGuid().ToString("N");
        await _site.Services.GetRequiredService<LibraryService>().PutAsync(new() { Id = id, Title = "The handbook", Kind = "Handbook" }, default);
        var webinar = await _site.PublishAsync(w => w with
        {
            FurtherSessions = [new(new(2027, 6, 8, 14, 0), Duration.FromMinutes(60))],
            Speakers = [new("Ben Birch", "Mayor of Birchtown"), new("Cleo Cedar", "")],
            Languages = ["en", "bg", "cy"],
            Materials = [id, "gone"],
        });

        var page = await ReadAsync(webinar);

        Assert.Equal(
            ["2026-12-08T13:00:00Z 2026-12-08T14:30:00Z", "2027-06-08T12:00:00Z 2027-06-08T13:00:00Z"],
            page.QuerySelectorAll(".facts time").Select(time => $"{time.GetAttribute("datetime")} {time.GetAttribute("data-end")}"));
        Assert.Equal(["Ben Birch", "Cleo Cedar"], page.QuerySelectorAll("section[aria-labelledby=speakers] strong").Select(name => name.TextContent));
        Assert.Equal(["English", "български", "cy"], page.QuerySelectorAll(".facts [lang]").Select(name => name.TextContent));
        Assert.Equal([("/library/" + id, "The handbook")], page.QuerySelectorAll("section[aria-labelledby=materials] a").Select(link => (link.GetAttribute("href")!, link.TextContent)));
    }

    [Fact]
    public async Task List_OfWebinars_HasNoArchivedOnes()
    {
        var (live, archived) = (await _site.PublishAsync(), await _site.PublishAsync(w => w with { Status = WebinarStatus.Archived }));

        var list = await (await _site.Client.GetAsync("/webinars")).Content.ReadAsStringAsync();
        var calendar = await (await _site.Client.GetAsync("/calendar.ics")).Content.ReadAsStringAsync();

        Assert.All([list, calendar], text => Assert.Contains(live.Slug.Value, text, StringComparison.Ordinal));
        Assert.All([list, calendar], text => Assert.DoesNotContain(archived.Slug.Value, text, StringComparison.Ordinal));
    }

    private async Task<IHtmlDocument> ReadAsync(Webinar webinar)
    {
        var response = await _site.Client.GetAsync($"/webinars/{webinar.Slug}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Html.ReadAsync(response);
    }
}
