using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>The organisers' side: preview, opening, hold, test, send now, progress; and what readers find in the archive.</summary>
public sealed class DigestApiTests : DigestTest
{
    private readonly string _anna = a.Address();

    [Fact]
    public async Task Upcoming_ShowsWhatIsNew_AndItsPreview()
    {
        var id = await PublishAsync();
        await PutAsync("""{"opening":"Dear all,\n\nspring has come."}""");

        var weekly = (await Site.ReadApiAsync("/api/digest"))["upcoming"]![0]!;
        var preview = await Site.ReadApiAsync("/api/digest/weekly/preview");

        Assert.Equal(("weekly", id, "2026-09-07T06:00:00+00:00"), ((string)weekly["cadence"]!, (string)weekly["commitments"]![0]!["id"]!, (string)weekly["dueAt"]!));
        Assert.Contains("spring has come.", (string)preview["text"]!, StringComparison.Ordinal);
        Assert.Contains(id, (string)preview["html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_IsInTheNextIssue_AndNotInTheOneAfter()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await PutAsync("""{"opening":"Spring has come."}""");
        await MondayAsync();
        await PublishAsync();
        await MondayAsync();
        await PumpAsync();

        await RunAsync(Site.Time.GetUtcNow().AddMinutes(5));

        Assert.Contains("Spring has come.", DigestsTo(_anna)[0].Email.Message.Text, StringComparison.Ordinal);
        Assert.Equal(["Spring has come.", ""], (await Site.Services.GetRequiredService<IssueStore>().ListAsync(DigestCadence.Weekly, default)).Select(issue => issue.Opening));
    }

    [Fact]
    public async Task Hold_KeepsTheIssueBack_UntilItIsLetGo()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await PutAsync("""{"isHeld":true}""");
        await MondayAsync();
        await PumpAsync();
        Assert.Empty(DigestsTo(_anna));

        await PutAsync("""{"isHeld":false}""");
        Site.Time.Advance(TimeSpan.FromMinutes(5));
        await Site.FireTimerAsync(MakeDigests.FunctionName);
        await PumpAsync();
        Assert.Single(DigestsTo(_anna));
    }

    [Fact]
    public async Task SendNow_SendsAtOnce_AndOnMondayOnlyWhatIsNewerStill()
    {
        await SubscribeAsync(_anna);
        var first = await PublishAsync();

        var response = await OrganiseAsync(HttpMethod.Post, "/api/digest/weekly/send");
        await PumpAsync();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([first], Assert.Single(DigestsTo(_anna)).Commitments);
        Assert.Equal(HttpStatusCode.Conflict, (await OrganiseAsync(HttpMethod.Post, "/api/digest/weekly/send")).StatusCode);

        var second = await PublishAsync();
        await OrganiseAsync(HttpMethod.Post, "/api/digest/weekly/send");
        await MondayAsync();
        await PumpAsync();
        Assert.Equal([first, second], DigestsTo(_anna).SelectMany(mail => mail.Commitments));
        Assert.Equal(["2026-W36", "2026-W36-2"], (await Site.Services.GetRequiredService<IssueStore>().ListAsync(DigestCadence.Weekly, default)).Select(issue => issue.Name));
    }

    [Fact]
    public async Task Test_GoesToTheOrganiserAlone_AndMakesNoIssue()
    {
        await SubscribeAsync(_anna);
        var (organiser, id) = (a.Address(), await PublishAsync());

        var response = await OrganiseAsync(HttpMethod.Post, "/api/digest/weekly/test", new() { ["email"] = organiser });
        await PumpAsync();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var test = Assert.Single(Sender.Taken, sent => sent.To == organiser);
        Assert.StartsWith("Test: ", test.Email.Message.Subject);
        Assert.Equal([id], test.Commitments);
        Assert.Empty(DigestsTo(_anna));
    }

    [Fact]
    public async Task Progress_AfterAnIssue_TellsWhatBecameOfIt()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await MondayAsync();
        await PumpAsync();

        var issue = await Site.ReadApiAsync("/api/digest/issues/2026-W37");

        Assert.Equal((1, 1, 0), ((int)issue["progress"]!["shardsDone"]!, (int)issue["progress"]!["accepted"]!, (int)issue["progress"]!["unknown"]!));
        var plan = await Site.ReadApiAsync("/api/digest/weekly/plan");
        Assert.Equal(1, (int)plan["messages"]!);
    }

    [Theory]
    [InlineData("GET", "/api/digest")]
    [InlineData("GET", "/api/digest/weekly/preview")]
    [InlineData("PUT", "/api/digest/weekly")]
    [InlineData("POST", "/api/digest/weekly/send")]
    [InlineData("POST", "/api/digest/weekly/test")]
    public async Task Api_WithoutTheToken_IsRefused(string method, string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await Site.SendJsonAsync(new(method), path, method == "GET" ? null : "{}")).StatusCode);

    [Fact]
    public async Task Trace_OfASubscriber_HasTheirDigestWithWhatWasReported()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await MondayAsync();
        await PumpAsync();
        var (person, mail) = (Site.PersonOf(_anna), Assert.Single(DigestsTo(_anna)));
        var opened = new DeliveryEvent { Person = person, Key = new IssueKey(DigestCadence.Weekly, 1).DeliveryKey, Kind = DeliveryEventKind.Delivered, At = mail.At, ReceivedAt = mail.At, Id = "1", Provider = "sendgrid" };

        await Site.Services.GetRequiredService<DeliveryReports>().TakeAsync(person, [opened], default);

        var trace = await Site.Services.GetRequiredService<DeliveryTrace>().OfAsync(person, default);
        Assert.Contains(trace.Emails, email => email is { Kind: "Digest", State: "delivered", NextStep: "Nothing: it was delivered.", Events.Count: 1 });
        Assert.Contains(trace.Emails, email => email.Kind == "Confirmation of a subscription");
    }

    [Fact]
    public async Task Archive_HasTheIssue_WithoutWhatWasWithdrawnSince_AndItsFeedReads()
    {
        await SubscribeAsync(_anna);
        var (gone, stays) = (await PublishAsync(), await PublishAsync());
        await MondayAsync();
        await PumpAsync();
        await Site.OrganisedAsync(gone, "withdraw");
        Site.Time.Advance(TimeSpan.FromMinutes(2));

        var page = await Site.Client.GetStringAsync(Assert.Single(DigestsTo(_anna)).Path("/digest/issues/"));
        Html.Parse(page);
        Assert.Contains(stays, page, StringComparison.Ordinal);
        Assert.DoesNotContain(gone, page, StringComparison.Ordinal);

        var response = await Site.Client.GetAsync("/digest.atom");
        var feed = await FeedParser.ReadAsync(await response.Content.ReadAsStringAsync());
        Assert.Contains(feed.Items, item => item.Url.EndsWith("/digest/issues/2026-W37", StringComparison.Ordinal));
        var again = new HttpRequestMessage(HttpMethod.Get, "/digest.atom") { Headers = { IfNoneMatch = { response.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await Site.Client.SendAsync(again)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Client.GetAsync("/digest/issues/2020-W01")).StatusCode);
    }

    private async Task PutAsync(string json) =>
        Assert.Equal(HttpStatusCode.NoContent, (await OrganiseAsync(HttpMethod.Put, "/api/digest/weekly", JsonNode.Parse(json)!.AsObject())).StatusCode);
}
