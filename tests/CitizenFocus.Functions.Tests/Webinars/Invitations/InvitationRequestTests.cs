using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Invitations;

/// <summary>A visitor asks for an invitation.</summary>
public sealed class InvitationRequestTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Asking_WhereRegistrationIsOpen_IsAnsweredNowAndOnce()
    {
        var (webinar, anna) = (await _site.PublishAsync(w => w with { IsInvitationOnly = true }), a.Address());

        for (var n = 0; n < 3; n++) await AskAsync(webinar, anna);
        await _site.SettleInvitationsAsync(webinar);
        await AskAsync(webinar, anna);
        await _site.SettleInvitationsAsync(webinar);

        Assert.Contains("ask for an invitation", Assert.Single(_site.MailsTo(anna)).TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await _site.PostFormAsync(_site.InvitationPath(webinar, anna), ("name", "Anna"))).StatusCode);
        Assert.DoesNotContain(await _site.RowsAsync(InvitationStore.TableName, webinar.Slug.Value), row => row.RowKey.StartsWith("a|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asking_BeforeTheOpening_IsAnsweredAtItInTheOrderOfRequests()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync(w => w with { OpensAt = Instant.FromDateTimeOffset(site.Time.GetUtcNow().AddMinutes(5)) });
        string[] people = [.. Enumerable.Range(0, 60).Select(n => a.Address($"p{n}x"))];
        foreach (var address in people)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await site.PostFormAsync($"/webinars/{webinar.Slug}/invitation-requests", ("email", address))).StatusCode);
            site.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await site.FireTimerAsync();
        await site.PumpInvitationsAsync();
        Assert.Equal(0, await site.PumpAsync());
        Assert.Equal(1, (await site.Storage.Queue(InvitationAnnouncements.QueueName).GetPropertiesAsync()).Value.ApproximateMessagesCount);

        site.Time.Advance(TimeSpan.FromMinutes(5));
        await site.AdvanceInvitationsAsync(webinar);

        var order = new List<string>();
        while ((await site.Storage.Queue(EmailQueue.QueueName).ReceiveMessagesAsync(32, TimeSpan.FromMinutes(1))).Value is { Length: > 0 } messages)
        {
            order.AddRange(messages.Select(message => (string)JsonNode.Parse(message.MessageText)!["person"]!));
        }

        Assert.Equal(people.Select(address => site.PersonOf(address).Value), order);
    }

    [Fact]
    public async Task Asking_KnownOrNot_TheSameAnswer()
    {
        var webinar = await _site.PublishAsync();
        var (registered, invited, stranger) = (a.Address("reg"), a.Address("inv"), a.Address("new"));
        await _site.RegisterAsync(webinar, registered);
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { IsInvitationOnly = true });
        await _site.InviteAsync(webinar, $"email\n{invited}\n");
        await _site.SettleInvitationsAsync(webinar);

        var answers = new List<string>();
        foreach (var address in (string[])[registered, invited, stranger])
        {
            var form = await AskAsync(webinar, address);
            var page = await _site.Client.GetStringAsync(form.Headers.Location);
            var json = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/invitation-requests", new JsonObject { ["email"] = address });
            answers.Add($"{form.StatusCode} {page} {json.StatusCode} {await json.Content.ReadAsStringAsync()}");
        }

        await _site.SettleInvitationsAsync(webinar);
        Assert.Single(answers.Distinct());
        Assert.Equal((0, 2, 1), (_site.InvitationsTo(registered).Count, _site.InvitationsTo(invited).Count, _site.InvitationsTo(stranger).Count));
    }

    [Fact]
    public async Task Asking_MalformedOrTooLate_IsRefusedAndNothingStored()
    {
        var (webinar, closed) = (await PublishByInvitationAsync(), await _site.PublishAsync(w => w with { ClosesAt = Instant.FromUtc(2026, 1, 1, 0, 0) }));
        var before = await _site.CountEverythingAsync();

        var malformed = await AskAsync(webinar, "anna@");
        var late = await AskAsync(closed, a.Address());
        var field = (await Html.ReadAsync(malformed)).QuerySelector("form[action$='invitation-requests'] input[name=email]")!;

        Assert.Equal((HttpStatusCode.BadRequest, "anna@", "true"), (malformed.StatusCode, field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(a.Webinar(), a.Address())).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await _site.PostFormAsync($"/webinars/{webinar.Slug}/invitation-requests", ("email", a.Address()), ("website", "x"))).StatusCode);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answering_WithACrashAtAnyCall_SendsEachOnce(bool afterTheCall)
    {
        await using var other = await _site.StartAnotherAsync();
        for (var crashAt = 1; ; crashAt++)
        {
            var webinar = await PublishByInvitationAsync();
            string[] people = [a.Address("anna"), a.Address("ben")];
            foreach (var address in people) await AskAsync(webinar, address);

            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var crashed = await other.InvokeAsync(AdvanceInvitations.FunctionName, Site.Announcement(webinar));
            other.Calls.Disturb = null;
            await _site.SettleInvitationsAsync(webinar);

            Assert.All(people, address => Assert.Single(_site.InvitationsTo(address)));
            if (crashed.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(crashAt > 8, "Too few calls for it to have invited anybody.");
                return;
            }
        }
    }

    [Fact]
    public async Task Asking_WhereAnybodyCanRegister_IsRefused()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        var before = await _site.CountEverythingAsync();

        var page = await AskAsync(webinar, a.Address());
        var json = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/invitation-requests", new JsonObject { ["email"] = a.Address() });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (page.StatusCode, json.StatusCode));
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType!.MediaType);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Theory]
    [InlineData(false, nameof(RegistrationStatus.Pending))]
    [InlineData(true, nameof(RegistrationStatus.Confirmed))]
    public async Task Accepting_WhereOrganisersApprove_WaitsUnlessOneOfThemInvitedToo(bool byAnOrganiserToo, string expected)
    {
        var (webinar, anna) = (await PublishByInvitationAsync(w => w with { NeedsApproval = true }), a.Address());
        await AskAsync(webinar, anna);
        await _site.SettleInvitationsAsync(webinar);
        if (byAnOrganiserToo)
        {
            var list = await _site.InviteAsync(webinar, $"email\n{anna}\n");
            await _site.SettleInvitationsAsync(webinar);
            Assert.Equal(["AlreadyInvited"], (await _site.ReportAsync(list)).Rows.Select(row => row.Outcome));
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await _site.PostFormAsync(_site.InvitationPath(webinar, anna), ("name", "Anna"))).StatusCode);
        await _site.SettleAsync(webinar);

        Assert.Equal(expected, (await _site.RegistrationAsync(webinar, anna))!.Status.ToString());
        Assert.Single(_site.InvitationsTo(anna));
    }

    [Fact]
    public async Task Asking_OnAnotherDay_BringsItOnceMore()
    {
        await using var site = await Site.StartAsync();
        var (webinar, anna) = (await site.PublishAsync(w => w with { IsInvitationOnly = true }), a.Address());

        for (var day = 0; day < 2; day++)
        {
            for (var n = 0; n < 2; n++)
            {
                await site.PostFormAsync($"/webinars/{webinar.Slug}/invitation-requests", ("email", anna));
                await site.SettleInvitationsAsync(webinar);
            }

            site.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(2, site.InvitationsTo(anna).Count);
        Assert.All(site.MailsTo(anna), mail => Assert.Contains("ask for an invitation", mail.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    private Task<Webinar> PublishByInvitationAsync(Func<Webinar, Webinar>? change = null) =>
        _site.PublishAsync(w => (change?.Invoke(w) ?? w) with { IsInvitationOnly = true });

    private Task<HttpResponseMessage> AskAsync(Webinar webinar, string address) =>
        _site.PostFormAsync($"/webinars/{webinar.Slug}/invitation-requests", ("email", address));
}
