using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Tests.Webinars.Invitations;

/// <summary>A list is invited: everybody once, whatever breaks.</summary>
public sealed class InvitationListTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Upload_WhoIsRegisteredSuppressedOrInvited_AreSkippedAndCounted()
    {
        var webinar = await _site.PublishAsync();
        var (registered, gone, suppressed, invited, fresh) = (a.Address("reg"), a.Address("gone"), a.Address("no"), a.Address("inv"), a.Address("new"));
        foreach (var address in (string[])[registered, gone]) await _site.RegisterAsync(webinar, address);
        await _site.SettleAsync(webinar);
        await _site.CancelAsync(webinar, gone);
        await _site.InviteAsync(webinar, $"email\n{invited}\n{suppressed}\n");
        await _site.SettleInvitationsAsync(webinar);
        await _site.Client.PostAsync(_site.InvitationPath(webinar, suppressed) + "/unsubscribe", null);
        var other = await _site.PublishAsync();

        var list = await _site.InviteAsync(webinar, $"email\n{registered}\n{gone}\n{invited}\n{fresh}\n{fresh}\n");
        var otherList = await _site.InviteAsync(other, $"email\n{suppressed}\n{invited}\n");
        await _site.SettleInvitationsAsync(webinar);
        await _site.SettleInvitationsAsync(other);

        Assert.Equal(
            [(registered, "AlreadyRegistered"), (gone, "Invited"), (invited, "AlreadyInvited"), (fresh, "Invited"), (fresh, "Duplicate")],
            (await _site.ReportAsync(list)).Rows.Select(row => (row.Address, row.Outcome)));
        Assert.Equal([(suppressed, "Suppressed"), (invited, "Invited")], (await _site.ReportAsync(otherList)).Rows.Select(row => (row.Address, row.Outcome)));
        Assert.Equal((0, 1, 1, 2, 1), (_site.InvitationsTo(registered).Count, _site.InvitationsTo(gone).Count, _site.InvitationsTo(suppressed).Count, _site.InvitationsTo(invited).Count, _site.InvitationsTo(fresh).Count));
    }

    [Fact]
    public async Task Upload_OfTheSameFileAgain_IsTheSameListAndSendsNothing()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        var first = await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(webinar);
        var before = await _site.RowsAsync(InvitationStore.TableName, webinar.Slug.Value);

        var second = await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(webinar);

        Assert.Equal(first, second);
        Assert.Equal(before.Select(row => row.ETag), (await _site.RowsAsync(InvitationStore.TableName, webinar.Slug.Value)).Select(row => row.ETag));
        Assert.Single(_site.InvitationsTo(anna));
        Assert.False(await _site.Storage.Container(UploadedLists.ContainerName).GetBlobClient($"{webinar.Slug}/{first.Split('/')[^1]}").ExistsAsync());
    }

    [Fact]
    public async Task Upload_BeforeRegistrationOpens_WaitsAndGoesOutAtTheOpening()
    {
        await using var site = await Site.StartAsync();
        var opens = NodaTime.Instant.FromDateTimeOffset(site.Time.GetUtcNow().AddHours(2));
        var (webinar, anna) = (await site.PublishAsync(w => w with { OpensAt = opens }), a.Address());

        var list = await site.InviteAsync(webinar, $"email\n{anna}\n");
        await site.SettleInvitationsAsync(webinar);
        Assert.Equal("Waiting", (await site.ReportAsync(list)).State);
        Assert.Empty(site.MailsTo(anna));

        site.Time.Advance(TimeSpan.FromHours(2));
        await site.FireTimerAsync();
        await site.PumpInvitationsAsync();
        await site.PumpAsync();

        Assert.Equal("Done", (await site.ReportAsync(list)).State);
        Assert.Single(site.InvitationsTo(anna));
    }

    [Fact]
    public async Task Lists_OfAWebinar_AreListedAndNotCached()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        var done = await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(webinar);
        var left = await _site.InviteAsync(webinar, "email\nben@example.org\n");
        await _site.ChangeAsync(webinar, w => w with { ClosesAt = NodaTime.Instant.FromDateTimeOffset(_site.Time.GetUtcNow()) });
        await _site.SettleInvitationsAsync(webinar);

        var path = $"/api/webinars/{webinar.Slug}/invitations";
        var response = await _site.SendJsonAsync(HttpMethod.Get, path, headers: Site.AsOrganiser);
        var lists = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["lists"]!.AsArray().ToDictionary(list => (string)list!["url"]!, list => list!);

        Assert.Equal(("Done", 1), ((string)lists[done]["state"]!, (int)lists[done]["counts"]!["invited"]!));
        Assert.Equal("Stopped", (string)lists[left]["state"]!);
        Assert.Equal("Stopped", (await _site.ReportAsync(left)).State);
        Assert.DoesNotContain(anna, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True((await _site.SendJsonAsync(HttpMethod.Get, done, headers: Site.AsOrganiser)).Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.SendJsonAsync(HttpMethod.Get, path)).StatusCode);
    }

    [Fact]
    public async Task Cancelled_BeforeTheListIsDone_StopsItAndDeletesTheFile()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        var list = await _site.InviteAsync(webinar, $"email\n{anna}\n");
        await _site.CancelWebinarAsync(webinar);

        await _site.SettleInvitationsAsync(webinar);

        Assert.Equal("Stopped", (await _site.ReportAsync(list)).State);
        Assert.Empty(_site.InvitationsTo(anna));
        Assert.False(await _site.Storage.Container(UploadedLists.ContainerName).GetBlobClient($"{webinar.Slug}/{list.Split('/')[^1]}").ExistsAsync());
    }

    [Fact]
    public async Task Run_OfFourMinutes_AnnouncesItselfAgainAndGoesOn()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        var list = await site.InviteAsync(webinar, "email\n" + string.Concat(Enumerable.Range(0, 100).Select(n => $"p{n}@example.org\n")));
        site.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (StorageCalls.IsTableWrite(request)) site.Time.Advance(TimeSpan.FromMinutes(4));
        };

        await site.AdvanceInvitationsAsync(webinar);
        site.Calls.Disturb = null;
        var half = await site.ReportAsync(list);
        while (await site.PumpInvitationsAsync() > 0)
        {
        }

        Assert.Equal(("Running", 48), (half.State, half.Done));
        Assert.Equal(("Done", 100), ((await site.ReportAsync(list)).State, (await site.ReportAsync(list)).Done));
        Assert.Equal(100, await site.PumpAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WithACrashAtAnyCall_InvitesEachOnceAndCountsRight(bool afterTheCall)
    {
        await using var other = await _site.StartAnotherAsync();
        for (var crashAt = 1; ; crashAt++)
        {
            var webinar = await _site.PublishAsync();
            string[] people = [.. Enumerable.Range(0, 50).Select(n => $"p{n}@example.org")];
            var (anna, ben) = (a.Address(), a.Address("ben"));
            var list = await _site.InviteAsync(webinar, $"email\n{anna}\n{string.Join('\n', people)}\n{anna}\n{ben}\nbroken\n");

            // Fifty e-mails are fifty calls, of which the first and the last few tell all.
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall, request => !IsEmail(request) || Interlocked.Increment(ref _emails) % 50 < 3);
            var crashed = await other.InvokeAsync(AdvanceInvitations.FunctionName, Site.Announcement(webinar));
            other.Calls.Disturb = null;
            await _site.AdvanceInvitationsAsync(webinar);

            var report = await _site.ReportAsync(list);
            Assert.Equal(("Done", 54), (report.State, report.Done));
            Assert.Equal((52, 1, 1), (report.Counts["invited"], report.Counts["duplicate"], report.Counts["malformed"]));
            Assert.Equal(54, report.Rows.Count);
            await SendToAsync(anna, ben);
            Assert.Equal((1, 1), (_site.InvitationsTo(anna).Count, _site.InvitationsTo(ben).Count));
            if (crashed.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(crashAt > 12, "Too few calls for it to have invited anybody.");
                return;
            }
        }
    }

    [Fact]
    public async Task Runs_OfTwoProcessesAtOnce_InviteEachOnce()
    {
        await using var other = await _site.StartAnotherAsync();
        var (webinar, people) = (await _site.PublishAsync(), Enumerable.Range(0, 120).Select(n => a.Address($"p{n}x")).ToList());
        var list = await _site.InviteAsync(webinar, "email\n" + string.Join('\n', people));

        await Task.WhenAll(_site.AdvanceInvitationsAsync(webinar), other.AdvanceInvitationsAsync(webinar));
        await _site.PumpAsync();

        Assert.Equal(120, (await _site.ReportAsync(list)).Counts["invited"]);
        Assert.All(people, address => Assert.Single(_site.InvitationsTo(address)));
    }

    [Fact]
    public async Task Upload_OfTwoThousand_TakesATransactionAStepAndAMessageAPerson()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        var table = new StringBuilder("email;name\r\n");
        for (var n = 0; n < 2_000; n++) table.Append(System.Globalization.CultureInfo.InvariantCulture, $"person{n}@example.org;Person {n}\r\n");

        var list = await site.InviteAsync(webinar, table.ToString());
        site.Calls.Reset();
        await site.AdvanceInvitationsAsync(webinar);

        // Calls and not seconds, which are the machine's: 42 steps, 2,000 messages, and a handful of reads.
        Assert.InRange(site.Calls.Count, 2_042, 2_060);
        Assert.Equal(2_000, (await site.ReportAsync(list)).Counts["invited"]);
    }

    private int _emails;

    private static bool IsEmail(Azure.Core.Request request) => request.Uri.ToString().Contains("emails", StringComparison.Ordinal);

    /// <summary>Sends what is due to a few, and forgets the rest, which other tests send.</summary>
    private async Task SendToAsync(params string[] addresses)
    {
        var queue = _site.Storage.Queue(Functions.Email.EmailQueue.QueueName);
        var people = addresses.Select(address => _site.PersonOf(address).Value).ToHashSet();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10))).Value is { Length: > 0 } messages)
        {
            await Task.WhenAll(messages.Select(async message =>
            {
                if (people.Any(person => message.MessageText.Contains(person, StringComparison.Ordinal))) Assert.Equal(HttpStatusCode.OK, (await _site.InvokeAsync("SendEmail", message.MessageText)).StatusCode);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }));
        }
    }
}
