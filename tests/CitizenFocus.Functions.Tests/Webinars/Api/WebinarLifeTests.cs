using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

/// <summary>Draft, published, cancelled or ended, archived: forwards only, and each step as often as one likes.</summary>
public sealed class WebinarLifeTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly HttpStatusCode Ok = HttpStatusCode.OK;
    private static readonly HttpStatusCode Conflict = HttpStatusCode.Conflict;

    private readonly Site _site = fixture.Site;

    public static TheoryData<WebinarStatus, string, HttpStatusCode, WebinarStatus> Steps => new()
    {
        { WebinarStatus.Draft, "publish", Ok, WebinarStatus.Published },
        { WebinarStatus.Draft, "cancel", Conflict, WebinarStatus.Draft },
        { WebinarStatus.Draft, "archive", Conflict, WebinarStatus.Draft },
        { WebinarStatus.Published, "publish", Ok, WebinarStatus.Published },
        { WebinarStatus.Published, "cancel", Ok, WebinarStatus.Cancelled },
        { WebinarStatus.Published, "archive", Conflict, WebinarStatus.Published },
        { WebinarStatus.Cancelled, "publish", Conflict, WebinarStatus.Cancelled },
        { WebinarStatus.Cancelled, "cancel", Ok, WebinarStatus.Cancelled },
        { WebinarStatus.Cancelled, "archive", Ok, WebinarStatus.Archived },
        { WebinarStatus.Ended, "publish", Conflict, WebinarStatus.Ended },
        { WebinarStatus.Ended, "cancel", Conflict, WebinarStatus.Ended },
        { WebinarStatus.Ended, "archive", Ok, WebinarStatus.Archived },
        { WebinarStatus.Archived, "publish", Conflict, WebinarStatus.Archived },
        { WebinarStatus.Archived, "cancel", Conflict, WebinarStatus.Archived },
        { WebinarStatus.Archived, "archive", Ok, WebinarStatus.Archived },
    };

    public static TheoryData<WebinarStatus, string?, HttpStatusCode, WebinarStatus> Puts => new()
    {
        { WebinarStatus.Draft, null, Ok, WebinarStatus.Draft },
        { WebinarStatus.Draft, "published", Ok, WebinarStatus.Published },
        { WebinarStatus.Draft, "cancelled", Conflict, WebinarStatus.Draft },
        { WebinarStatus.Published, null, Ok, WebinarStatus.Published },
        { WebinarStatus.Published, "published", Ok, WebinarStatus.Published },
        { WebinarStatus.Published, "draft", Conflict, WebinarStatus.Published },
        { WebinarStatus.Published, "cancelled", Conflict, WebinarStatus.Published },
        { WebinarStatus.Published, "ended", Conflict, WebinarStatus.Published },
        { WebinarStatus.Cancelled, null, Ok, WebinarStatus.Cancelled },
        { WebinarStatus.Cancelled, "published", Conflict, WebinarStatus.Cancelled },
        { WebinarStatus.Ended, null, Ok, WebinarStatus.Ended },
        { WebinarStatus.Ended, "draft", Conflict, WebinarStatus.Ended },
        { WebinarStatus.Archived, null, Ok, WebinarStatus.Archived },
        { WebinarStatus.Archived, "published", Conflict, WebinarStatus.Archived },
        { WebinarStatus.Archived, "archived", Ok, WebinarStatus.Archived },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Step_FromEachStatus_GoesForwardsOnly(WebinarStatus before, string step, HttpStatusCode answer, WebinarStatus after)
    {
        var webinar = await _site.PublishAsync(w => w with { Status = before });

        Assert.Equal(answer, (await _site.PostStepAsync(webinar.Slug, step)).StatusCode);
        Assert.Equal(answer, (await _site.PostStepAsync(webinar.Slug, step)).StatusCode);
        Assert.Equal(after.ToString(), await _site.StatusAsync(webinar.Slug), ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Puts))]
    public async Task Put_WithAStatus_PublishesAndNothingElse(WebinarStatus before, string? asked, HttpStatusCode answer, WebinarStatus after)
    {
        var webinar = await _site.PublishAsync(w => w with { Status = before });

        var response = await _site.EditAsync(webinar.Slug, body =>
        {
            body.Remove("status");
            if (asked is not null) body["status"] = asked;
            body["title"] = "Changed";
        });

        Assert.Equal(answer, response.StatusCode);
        var document = await OrganiserSteps.ReadAsync(await _site.GetAsOrganiserAsync($"/api/webinars/{webinar.Slug}"));
        Assert.Equal(after.ToString(), (string?)document["status"], ignoreCase: true);
        Assert.Equal(answer == Ok ? "Changed" : "Citizens first", (string?)document["title"]);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("archive")]
    public async Task Step_OfAStrangerOrOnNothing_ChangesNothing(string step)
    {
        var webinar = await _site.PublishAsync(w => w with { Status = step == "publish" ? WebinarStatus.Draft : WebinarStatus.Ended });
        var before = await _site.CountEverythingAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/{step}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.PostStepAsync(OrganiserSteps.NewSlug(), step)).StatusCode);
        Assert.Equal(webinar.Status.ToString(), await _site.StatusAsync(webinar.Slug), ignoreCase: true);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Publish_WhileSomebodyEdits_KeepsTheEdit()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft });
        var edited = false;
        other.Calls.Disturb = async (request, send) =>
        {
            if (StorageCalls.IsTableWrite(request) && !edited)
            {
                edited = true;
                await _site.ChangeAsync(webinar, w => w with { Title = "Edited" });
            }

            await send();
        };

        var document = await OrganiserSteps.ReadAsync(await other.PostStepAsync(webinar.Slug, "publish"));

        Assert.Equal(("Edited", "published"), ((string?)document["title"], (string?)document["status"]));
    }

    [Fact]
    public async Task Publish_WhoseAnswerWasLost_IsDone()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft });
        other.Calls.Disturb = StorageCalls.LoseFirstAnswers;

        Assert.Equal(Ok, (await other.PostStepAsync(webinar.Slug, "publish")).StatusCode);
        Assert.Equal("published", await _site.StatusAsync(webinar.Slug));
    }

    [Fact]
    public async Task Publish_WhatIsOverOrClosedAlready_SaysWhatToChange()
    {
        var over = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft, Start = new(2026, 8, 1, 14, 0) });
        var closed = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft, ClosesAt = NodaTime.Instant.FromUtc(2026, 8, 1, 0, 0) });

        foreach (var (webinar, field) in new[] { (over, "start"), (closed, "closesAt") })
        {
            var step = await _site.PostStepAsync(webinar.Slug, "publish");
            Assert.Equal(Conflict, step.StatusCode);
            Assert.StartsWith(field, (string?)(await OrganiserSteps.ReadAsync(step))["detail"], StringComparison.Ordinal);
            Assert.Equal([field], (await OrganiserSteps.ErrorsAsync(await _site.EditAsync(webinar.Slug, body => body["status"] = "published"))).Keys);
        }
    }

    [Fact]
    public async Task Archive_WhilePeopleAreToldOfTheCancellation_Waits()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        await site.RegisterAsync(webinar, a.Address());
        await site.AdvanceAsync(webinar);
        await site.CancelWebinarAsync(webinar);

        Assert.Equal(Conflict, (await site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
        await site.AdvanceAsync(webinar);
        Assert.Equal(Conflict, (await site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
        site.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Ok, (await site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
    }

    [Fact]
    public async Task Archive_WhileARequestIsUnanswered_Waits()
    {
        var webinar = await _site.PublishAsync();
        await _site.RegisterAsync(webinar, a.Address());
        await _site.CancelWebinarAsync(webinar);

        Assert.Equal(Conflict, (await _site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
    }

    [Fact]
    public async Task Archive_BeforeTheFollowUp_WaitsUnlessItIsSwitchedOff()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        await site.RegisterAsync(webinar, a.Address());
        await site.AdvanceAsync(webinar);
        site.Time.SetUtcNow(new(2026, 12, 8, 15, 0, 0, TimeSpan.Zero));
        await site.AdvanceAsync(webinar);

        Assert.Equal("ended", await site.StatusAsync(webinar.Slug));
        Assert.Equal(Conflict, (await site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
        Assert.Equal(Ok, (await site.EditAsync(webinar.Slug, body => body["followUpHours"] = "none")).StatusCode);
        Assert.Equal(Ok, (await site.PostStepAsync(webinar.Slug, "archive")).StatusCode);
        Assert.DoesNotContain(webinar.Slug.Value, await site.Client.GetStringAsync("/api/webinars"), StringComparison.Ordinal);
    }
}
