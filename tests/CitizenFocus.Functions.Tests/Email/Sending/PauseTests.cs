using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>The switch, the domains that a site in development writes to, messages that fail too often, and sending again by hand.</summary>
public sealed class PauseTests : SendingTest
{
    private protected override (string Name, string Value)[] Settings => [.. base.Settings, ("Email:OnlyToDomains", "example.org, focus.example")];

    [Fact]
    public async Task Pause_StopsAllSendingInAllProcessesAndResumingLosesNothing()
    {
        await using var other = await StartAnotherAsync();
        string[] people = [.. Enumerable.Range(0, 20).Select(_ => a.Address())];
        await PostAsync("/api/email/pause", new() { ["reason"] = "A wrong text" });
        foreach (var person in people) (await other.InvokeAsync(SendEmail.FunctionName, Site.DueEmail(Site.PersonOf(person), "test|one"))).Dispose();
        await RunAsync(Site.Time.GetUtcNow() + TimeSpan.FromHours(2), Site, other);
        Assert.Equal(0, Sender.Calls);
        var status = JsonNode.Parse(await (await AskAsync(HttpMethod.Get, "/api/email")).Content.ReadAsStringAsync())!;
        Assert.Equal("A wrong text", (string?)status["paused"]!["reason"]);

        await PostAsync("/api/email/resume");
        await RunAsync(Site.Time.GetUtcNow() + TimeSpan.FromMinutes(2), Site, other);

        Assert.Equal(people.Length, Sender.Accepted.Select(sent => sent.Email.Person).Distinct().Count());
        Assert.Equal(people.Length, Sender.Calls);
    }

    /// <summary>As the export of another account's tables would leave them.</summary>
    [Fact]
    public async Task Data_OfAnotherAccount_StartsPausedUntilItIsResumed()
    {
        (await AskAsync(HttpMethod.Get, "/api/email")).Dispose();
        var table = Site.Storage.Table(SendingTable.TableName);
        var origin = (await table.GetEntityAsync<TableEntity>(SendingTable.Partition, SendingTable.Origin)).Value;
        Assert.Equal("devstoreaccount1", origin.GetString("Account"));
        origin["Account"] = "stformersite";
        await table.UpdateEntityAsync(origin, origin.ETag, TableUpdateMode.Replace);

        await SendAsync();
        Assert.Equal(0, Sender.Calls);
        var status = JsonNode.Parse(await (await AskAsync(HttpMethod.Get, "/api/email")).Content.ReadAsStringAsync())!;
        Assert.Contains("stformersite", (string)status["paused"]!["reason"]!, StringComparison.Ordinal);

        await PostAsync("/api/email/resume");
        await RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((DeliveryState.Accepted, 1), ((await RowAsync()).State, Sender.Calls));
    }

    [Fact]
    public async Task Pause_WithoutAReason_IsRefused()
    {
        using var answer = await AskAsync(HttpMethod.Post, "/api/email/pause", []);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("anna@example.org", true)]
    [InlineData("anna@FOCUS.example", true)]
    [InlineData("anna@sub.example.org", false)]
    [InlineData("anna@elsewhere.example", false)]
    public async Task Recipient_OfADomainThatIsNotListed_IsSkippedWithThatReason(string to, bool isSent)
    {
        Composer.To = to;

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((isSent ? DeliveryState.Accepted : DeliveryState.Skipped, isSent ? 1 : 0), (row.State, Sender.Calls));
        if (!isSent) Assert.Contains("Email__OnlyToDomains", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poison_NeverHandedOver_GoesBackAndIsSentOnceTheFaultIsGone()
    {
        await PoisonAsync("""{"person":"PERSON","key":"test|one"}""");
        Assert.Equal((DeliveryState.Later, 0), ((await RowAsync()).State, Sender.Calls));

        await RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(DeliveryState.Accepted, (await RowAsync()).State);
        Assert.Single(Sender.Accepted);
    }

    [Fact]
    public async Task Poison_AfterAnAttempt_IsSettledAsUnknownAndNotSentTwice()
    {
        Sender.Settlement = UnknownSettlement.AskThenRepeat;
        Sender.Knows = () => new SendOutcome.Accepted("operation");
        Site.Calls.Disturb = StorageCalls.CrashAt(1, afterTheCall: false, _ => Sender.Calls > 0);
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync());
        Site.Calls.Disturb = null;

        await PoisonAsync("""{"person":"PERSON","key":"test|one"}""");
        await RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((DeliveryState.Accepted, 1), ((await RowAsync()).State, Sender.Calls));
    }

    [Fact]
    public async Task Poison_OfWhatWasAccepted_DoesNothing()
    {
        await SendAsync();

        await PoisonAsync("""{"person":"PERSON","key":"test|one"}""");
        await RunForAsync(TimeSpan.FromHours(1));

        Assert.Equal((DeliveryState.Accepted, 1), ((await RowAsync()).State, Sender.Calls));
    }

    [Fact]
    public async Task Poison_ThatComesBackAgainAndAgain_IsFailedLoudlyOnceAndCanBeSentAgainByAnOrganiser()
    {
        await PoisonAsync($$"""{"person":"PERSON","key":"test|one","returns":{{ReturnPoisonedEmail.MostReturns}}}""");
        await PoisonAsync($$"""{"person":"PERSON","key":"test|one","returns":{{ReturnPoisonedEmail.MostReturns}}}""");
        Assert.Equal(DeliveryState.Failed, (await RowAsync()).State);
        Assert.Single(Site.Log.ToString().Split("is given up").Skip(1));
        await SendAsync();
        Assert.Equal(0, Sender.Calls);

        await PostAsync("/api/email/resend", new() { ["person"] = Site.PersonOf(Address).Value, ["key"] = "test|one" }, HttpStatusCode.Accepted);
        await RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((DeliveryState.Accepted, 1), ((await RowAsync()).State, Sender.Calls));
        await PostAsync("/api/email/resend", new() { ["person"] = Site.PersonOf(Address).Value, ["key"] = "test|one" }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Poison_ThatIsNoMessageOfOurs_IsDroppedWithALine()
    {
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync("garbage", ReturnPoisonedEmail.FunctionName));
        Assert.Contains("none of ours", Site.Log.ToString(), StringComparison.Ordinal);
    }

    private async Task PoisonAsync(string message) => Assert.Equal(
        HttpStatusCode.OK, await DeliverAsync(message.Replace("PERSON", Site.PersonOf(Address).Value, StringComparison.Ordinal), ReturnPoisonedEmail.FunctionName));

    private async Task PostAsync(string path, JsonObject? body = null, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, body);
        Assert.Equal(expected, answer.StatusCode);
    }
}
