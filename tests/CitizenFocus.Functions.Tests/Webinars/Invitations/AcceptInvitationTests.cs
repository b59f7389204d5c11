using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Invitations;

/// <summary>What an invited person does with their link.</summary>
public sealed class AcceptInvitationTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Mail_OfAnInvitation_SaysWhatWhenWhyAndHowToStop()
    {
        var (webinar, anna) = await InvitedAsync();

        var mail = Assert.Single(_site.MailsTo(anna));
        var text = mail.TextBody!.ReplaceLineEndings(" ");

        Assert.Equal("You are invited: Citizens first", mail.Subject);
        Assert.Contains("Tuesday 8 December 2026, 14:00", text, StringComparison.Ordinal);
        Assert.Contains("How cities listen.", text, StringComparison.Ordinal);
        Assert.Contains(Site.BaseUrl.TrimEnd('/') + _site.InvitationPath(webinar, anna), text, StringComparison.Ordinal);
        Assert.Contains("because an organiser", text, StringComparison.Ordinal);
        Assert.Equal($"<{Site.BaseUrl.TrimEnd('/')}{_site.InvitationPath(webinar, anna)}/unsubscribe>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.DoesNotContain(anna, mail.HtmlBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ByTheButton_RegistersAndGetsASeat()
    {
        var (webinar, anna) = await InvitedAsync(w => w with { IsInvitationOnly = true, NeedsApproval = true });
        var path = _site.InvitationPath(webinar, anna);
        var form = await Html.ReadAsync(await _site.Client.GetAsync(path));
        Assert.Equal("Anna Ash", form.QuerySelector("input[name=name]")!.GetAttribute("value"));
        Assert.Contains(anna, form.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(form.QuerySelectorAll("input[name=email]"));

        var accepted = await _site.PostFormAsync(path, ("name", "Anna Birch"));
        await _site.SettleAsync(webinar);

        Assert.Equal((HttpStatusCode.SeeOther, path), (accepted.StatusCode, accepted.Headers.Location!.OriginalString));
        Assert.Contains("You have accepted", (await Html.ReadAsync(await _site.Client.GetAsync(path))).Body!.TextContent, StringComparison.Ordinal);
        var registration = (await _site.RegistrationAsync(webinar, anna))!;
        Assert.Equal((RegistrationStatus.Confirmed, "Anna Birch", true), (registration.Status, registration.Name, registration.IsApproved));
        Assert.Contains(_site.MailsTo(anna), mail => mail.Subject == "You are registered: Citizens first");
        Assert.NotNull((await _site.RowsAsync(InvitationStore.TableName, webinar.Slug.Value)).Single(row => row.RowKey.StartsWith("i|", StringComparison.Ordinal)).GetDateTimeOffset("AcceptedAt"));
    }

    [Fact]
    public async Task Accept_QuestionsAndName_AreAskedAndKept()
    {
        var (webinar, anna) = await InvitedAsync(w => w with
        {
            Questions =
            [
                new() { Id = "role", Text = "Your role?", Kind = QuestionKind.Text, IsRequired = true },
                new() { Id = "topics", Text = "Topics?", Kind = QuestionKind.Choices, Options = ["Air", "Water"] },
                new() { Id = "first", Text = "First time?", Kind = QuestionKind.YesNo },
            ],
        });
        var path = _site.InvitationPath(webinar, anna);

        var refused = await _site.PostFormAsync(path, ("name", ""), ("answers.first", "perhaps"));
        var page = await Html.ReadAsync(refused);
        await _site.PostFormAsync(path, ("name", "Anna"), ("answers.role", "Mayor"), ("answers.topics", "Air"), ("answers.topics", "Water"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["#field-name", "#field-answers.role", "#field-answers.first"], page.QuerySelectorAll(".summary a").Select(link => link.GetAttribute("href")));
        var answers = (await _site.RegistrationAsync(webinar, anna))!.Answers;
        Assert.Equal(["Mayor"], answers["role"]);
        Assert.Equal(["Air", "Water"], answers["topics"]);
        Assert.Equal(2, answers.Count);
    }

    [Fact]
    public async Task Accept_WhoWasDeclinedAndIsInvitedByAnOrganiser_GetsASeat()
    {
        var (webinar, anna) = (await _site.PublishAsync(w => w with { NeedsApproval = true }), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        Assert.Equal(HttpStatusCode.OK, (await _site.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/registrations/{_site.PersonOf(anna)}/decline", headers: Site.AsOrganiser)).StatusCode);
        await _site.SettleAsync(webinar);
        await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(webinar);

        await _site.PostFormAsync(_site.InvitationPath(webinar, anna), ("name", "Anna"));
        await _site.SettleAsync(webinar);

        Assert.Equal(RegistrationStatus.Confirmed, (await _site.RegistrationAsync(webinar, anna))!.Status);
        Assert.Contains(_site.MailsTo(anna), mail => mail.Subject == "You are registered: Citizens first");
    }

    [Fact]
    public async Task Page_WhereOneCannotAccept_SaysWhy()
    {
        var now = Instant.FromDateTimeOffset(_site.Time.GetUtcNow());
        var (webinar, anna) = await InvitedAsync();
        var path = _site.InvitationPath(webinar, anna);

        await _site.ChangeAsync(webinar, w => w with { OpensAt = now + Duration.FromDays(2) });
        Assert.Equal(("Registration is not open yet", HttpStatusCode.Conflict), await StateAsync(path));
        await _site.ChangeAsync(webinar, w => w with { OpensAt = null, ClosesAt = now });
        Assert.Equal(("Registration has closed", HttpStatusCode.Conflict), await StateAsync(path));
        await _site.CancelWebinarAsync(webinar);
        Assert.Equal(("This has been cancelled", HttpStatusCode.Conflict), await StateAsync(path));
        Assert.Null(await _site.RegistrationAsync(webinar, anna));
    }

    [Fact]
    public async Task Links_OpenedByAScanner_ChangeNothing()
    {
        var (webinar, anna) = await InvitedAsync();
        var path = _site.InvitationPath(webinar, anna);
        var before = await _site.CountEverythingAsync();

        foreach (var link in (string[])[path, path + "/unsubscribe", $"/webinars/{webinar.Slug}/invitation-requests", path[..^3] + "abc"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Get])
            {
                var response = await _site.Client.SendAsync(new(method, link));
                Assert.Equal(link.EndsWith("abc", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
            }
        }

        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unsubscribe_ByOneClickOrButton_SendsNoMoreInvitations(bool oneClick)
    {
        var (webinar, anna) = await InvitedAsync();
        var path = _site.InvitationPath(webinar, anna) + "/unsubscribe";
        Assert.Single((await Html.ReadAsync(await _site.Client.GetAsync(path))).QuerySelectorAll("main form button"));

        var response = oneClick ? await _site.PostFormAsync(path, ("List-Unsubscribe", "One-Click")) : await _site.Client.PostAsync(path, null);
        var next = await _site.PublishAsync();
        await _site.InviteAsync(next, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(next);

        Assert.Equal(oneClick ? HttpStatusCode.OK : HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("You get no more invitations", (await Html.ReadAsync(await _site.Client.GetAsync(path))).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Single(_site.InvitationsTo(anna));
        var person = _site.PersonOf(anna);
        Assert.Equal(
            SuppressionCause.Unsubscribed,
            Assert.Single(Suppression.FromEntity(Assert.Single(await _site.RowsAsync(Suppressions.TableName, person.Shard), row => row.RowKey == person.Value)).Causes).Key);
    }

    [Fact]
    public async Task Mail_WhoRegisteredOrLeftMeanwhile_IsNotSent()
    {
        var (webinar, anna, ben) = (await _site.PublishAsync(), a.Address(), a.Address("ben"));
        await _site.InviteAsync(webinar, $"email\n{anna}\n{ben}\n");
        await _site.AdvanceInvitationsAsync(webinar);
        await _site.RegisterAsync(webinar, anna);
        await _site.Client.PostAsync(_site.InvitationPath(webinar, ben) + "/unsubscribe", null);

        await _site.PumpAsync();

        Assert.Equal(["The person is registered already."], (await _site.DeliveriesAsync(anna)).Select(delivery => delivery.Reason));
        Assert.Equal(["The address is suppressed: unsubscribed."], (await _site.DeliveriesAsync(ben)).Select(delivery => delivery.Reason));
    }

    [Fact]
    public async Task Mail_WhereTheOpeningWasMovedLater_IsNotSent()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.AdvanceInvitationsAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { OpensAt = Instant.FromDateTimeOffset(_site.Time.GetUtcNow()) + Duration.FromDays(1) });

        await _site.PumpAsync();

        Assert.Equal([DeliveryState.Skipped], (await _site.DeliveriesAsync(anna)).Select(delivery => delivery.State));
        Assert.Empty(_site.MailsTo(anna));
    }

    private async Task<(Webinar Webinar, string Address)> InvitedAsync(Func<Webinar, Webinar>? change = null)
    {
        var (webinar, anna) = (await _site.PublishAsync(change), a.Address());
        await _site.InviteAsync(webinar, $"email,name\n{anna},Anna Ash\n");
        await _site.SettleInvitationsAsync(webinar);
        return (webinar, anna);
    }

    private async Task<(string Headline, HttpStatusCode Accepting)> StateAsync(string path)
    {
        var page = await Html.ReadAsync(await _site.Client.GetAsync(path));
        Assert.Empty(page.QuerySelectorAll("main form"));
        return (page.QuerySelector(".notice-title")!.TextContent, (await _site.PostFormAsync(path, ("name", "Anna"))).StatusCode);
    }
}
