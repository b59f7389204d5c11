using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Reports;

public sealed class SuppressionTests(ReportsFixture reports) : IClassFixture<ReportsFixture>
{
    private const string Find = "/api/email/suppressions/find";
    private const string Lift = "/api/email/suppressions/lift";

    private readonly Site _site = reports.Site;
    private readonly string _address = a.Address();

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("group_unsubscribe")]
    public async Task Unsubscribed_GetsWhatTheyAskForAndNothingThatGoesToMany(string kind)
    {
        await reports.AddAsync(_address, "bulk|one");
        await reports.PostAsync(reports.Event(_address, kind, "bulk|one"));

        await reports.SendAsync(_address, "test|two");
        await reports.SendAsync(_address, "bulk|two");

        Assert.Equal(DeliveryState.Accepted, (await reports.RowAsync(_address, "test|two")).State);
        var skipped = await reports.RowAsync(_address, "bulk|two");
        Assert.Equal((DeliveryState.Skipped, "The address is suppressed: unsubscribed."), (skipped.State, skipped.Reason));

        await reports.PostAsync(reports.Event(_address, "group_resubscribe", "bulk|one", reports.Now.AddMinutes(1)));
        await reports.SendAsync(_address, "bulk|two");
        Assert.Equal(DeliveryState.Accepted, (await reports.RowAsync(_address, "bulk|two")).State);
    }

    [Theory]
    [InlineData("bounce", "type", "bounce", "Bounced")]
    [InlineData("bounce", "status", "5.1.1", "Bounced")]
    [InlineData("bounce", "status", "5.2.2", "")]
    [InlineData("bounce", "type", "blocked", "")]
    [InlineData("dropped", "reason", "Bounced Address", "Bounced")]
    [InlineData("dropped", "reason", "Spam Content", "")]
    [InlineData("spamreport", "type", "", "Complained")]
    [InlineData("deferred", "response", "450 later", "")]
    public async Task Report_OfEachKind_SuppressesAsItSays(string kind, string property, string value, string cause)
    {
        await reports.AddAsync(_address);

        await reports.PostAsync(reports.Event(_address, kind, change: sent => sent[property] = value));
        await reports.SendAsync(_address, "test|two");

        Assert.Equal(cause, string.Join(',', await reports.CausesAsync(_address)));
        Assert.Equal(cause.Length > 0 ? DeliveryState.Skipped : DeliveryState.Accepted, (await reports.RowAsync(_address, "test|two")).State);
    }

    [Fact]
    public async Task SoftBounces_OfThreeMailsWithinAWeek_SuppressUnlessOneArrivedMeanwhile()
    {
        foreach (var key in new[] { "test|one", "test|two", "test|three", "test|four" }) await reports.AddAsync(_address, key);

        await SoftBounceAsync("test|one", 0);
        await SoftBounceAsync("test|one", 0.3);
        await SoftBounceAsync("test|two", 2);
        await SoftBounceAsync("test|three", 7.5);
        Assert.Empty(await reports.CausesAsync(_address));

        await SoftBounceAsync("test|four", 6);
        Assert.Equal([SuppressionCause.SoftBounced], await reports.CausesAsync(_address));

        // Reported late, and it happened between.
        await reports.PostAsync(reports.Event(_address, "delivered", "test|three", reports.Now.AddDays(5)));
        Assert.Empty(await reports.CausesAsync(_address));
    }

    [Fact]
    public async Task Lifted_WithAReason_IsWrittenToAgainUntilSomethingNewHappens()
    {
        await reports.AddAsync(_address);
        var bounce = reports.Event(_address, "bounce", change: ReportsFixture.HardBounce(_address));
        await reports.PostAsync(bounce);
        var found = await reports.AskAsync(Find, new() { ["email"] = _address });
        Assert.Equal(("all", "mail came back for good"), ((string?)found.Body!["suppressed"], (string?)found.Body["reason"]));

        _site.Time.Advance(TimeSpan.FromMinutes(1));
        var lifted = await reports.AskAsync(Lift, new() { ["person"] = _site.PersonOf(_address).Value, ["reason"] = "She has room again." });

        Assert.Equal((HttpStatusCode.OK, "none", "She has room again."), (lifted.Status, (string?)lifted.Body!["suppressed"], (string?)lifted.Body["liftedBecause"]));
        Assert.Equal("bounced", (string?)Assert.Single(lifted.Body["causes"]!.AsArray())!["cause"]);

        // Neither a replay nor another event brings it back.
        await reports.PostAsync(bounce);
        await reports.PostAsync(reports.Event(_address, "open"));
        Assert.Empty(await reports.CausesAsync(_address));
        await reports.SendAsync(_address, "test|two");
        Assert.Equal(DeliveryState.Accepted, (await reports.RowAsync(_address, "test|two")).State);

        _site.Time.Advance(TimeSpan.FromMinutes(1));
        await reports.PostAsync(reports.Event(_address, "bounce", "test|two", change: ReportsFixture.HardBounce(_address)));
        Assert.Equal([SuppressionCause.Bounced], await reports.CausesAsync(_address));
    }

    [Fact]
    public async Task Return_ThroughTheSite_IsNotUndoneByWhatTheProviderToldBefore()
    {
        await reports.AddAsync(_address);
        var left = reports.Event(_address, "unsubscribe");
        await reports.PostAsync(left);
        _site.Time.Advance(TimeSpan.FromMinutes(1));
        await _site.Services.GetRequiredService<Suppressions>().RemoveAsync(_site.PersonOf(_address), SuppressionCause.Unsubscribed, default);

        await reports.PostAsync(left, reports.Event(_address, "delivered"));

        Assert.Empty(await reports.CausesAsync(_address));
    }

    [Fact]
    public async Task Erased_CannotBeLifted()
    {
        await _site.Services.GetRequiredService<Suppressions>().AddAsync(_site.PersonOf(_address), SuppressionCause.Erased, default);

        Assert.Equal(HttpStatusCode.Conflict, (await reports.AskAsync(Lift, new() { ["email"] = _address, ["reason"] = "x" })).Status);
        Assert.Equal([SuppressionCause.Erased], await reports.CausesAsync(_address));
    }

    [Fact]
    public async Task Nobody_HasAnEmptySuppressionOfTheSameShapeAndNothingToLift()
    {
        var (status, body) = await reports.AskAsync(Find, new() { ["email"] = _address });

        Assert.Equal((HttpStatusCode.OK, "none", 0), (status, (string?)body!["suppressed"], body["causes"]!.AsArray().Count));
        Assert.Equal(HttpStatusCode.NotFound, (await reports.AskAsync(Lift, new() { ["email"] = _address, ["reason"] = "x" })).Status);
    }

    [Theory]
    [InlineData(Find, """{}""", "email")]
    [InlineData(Find, """{"email":"nobody"}""", "email")]
    [InlineData(Find, """{"person":"nobody"}""", "person")]
    [InlineData(Lift, """{"email":"anna@example.org"}""", "reason")]
    [InlineData(Lift, """{"reason":"x"}""", "email")]
    [InlineData("/api/email/trace", """{"email":["a","b"]}""", "email")]
    public async Task Question_ThatNamesNobody_IsRefused_AndWithoutATokenEveryOne(string path, string body, string field)
    {
        var (status, problem) = await reports.AskAsync(path, JsonNode.Parse(body)!.AsObject());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotNull(problem!["errors"]![field]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reports.AskAsync(path, new() { ["email"] = _address, ["reason"] = "x" }, asOrganiser: false)).Status);
    }

    private Task<HttpStatusCode> SoftBounceAsync(string key, double days) =>
        reports.PostAsync(reports.Event(_address, "bounce", key, reports.Now.AddDays(days), ReportsFixture.SoftBounce));
}
