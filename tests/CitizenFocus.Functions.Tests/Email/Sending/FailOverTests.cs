using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>Another provider is asked only where the first certainly did not take it, and a failing one is left alone by all processes.</summary>
public sealed class FailOverTests : SendingTest
{
    public static TheoryData<string> NotTaken => ["later", "throttled", "refused for us"];

    [Theory]
    [MemberData(nameof(NotTaken))]
    public async Task Provider_ThatCertainlyDidNotTakeIt_IsFollowedByTheNext(string how)
    {
        Sender.Answers(Outcome(how));

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((1, 1, DeliveryState.Accepted, "second", 2), (Sender.Calls, Second.Calls, row.State, row.Provider, row.Attempt));
    }

    [Fact]
    public async Task Provider_ThatFoundNoConnectionThreeTimes_IsLeftAloneByAllProcessesUntilOneTriesAgain()
    {
        await using var other = await StartAnotherAsync();
        Sender.Answers(Outcome("later"));
        for (var n = 0; n < 5; n++) await DeliverAsync(Site.DueEmail(Site.PersonOf(a.Address()), "test|one"));
        (await other.InvokeAsync("SendEmail", Site.DueEmail(Site.PersonOf(a.Address()), "test|one"))).Dispose();
        Assert.Equal((3, 6), (Sender.Calls, Second.Calls));

        // One finds out for all.
        Sender.Answers(null);
        Site.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DeliverAsync(Site.DueEmail(Site.PersonOf(a.Address()), "test|one"))));
        await DeliverAsync(Site.DueEmail(Site.PersonOf(a.Address()), "test|one"));

        Assert.True(Sender.Accepted.Count >= 2, $"{Sender.Accepted.Count}");
        Assert.Equal("well", (string?)(await StatusAsync())["providers"]![0]!["state"]);
    }

    [Fact]
    public async Task Provider_ThatAsksForTime_IsLeftAloneForThatLong()
    {
        Sender.Answers(Outcome("throttled"));
        await SendAsync();
        Sender.Answers(null);

        await SendAsync("test|two");
        Site.Time.Advance(TimeSpan.FromMinutes(10));
        await SendAsync("test|three");

        Assert.Equal((2, 2), (Sender.Calls, Second.Calls));
    }

    [Fact]
    public async Task Provider_OfSeveral_IsShownWithWhyItIsNotUsed()
    {
        Sender.Answers(new SendOutcome.RefusedForUs("The key is wrong."));
        await SendAsync();

        var providers = (await StatusAsync())["providers"]!.AsArray();

        Assert.Equal(("fake", "leftAlone", "The key is wrong."), ((string?)providers[0]!["name"], (string?)providers[0]!["state"], (string?)providers[0]!["reason"]));
        Assert.Equal(("second", "well"), ((string?)providers[1]!["name"], (string?)providers[1]!["state"]));
    }

    [Fact]
    public async Task Providers_AllAway_LoseNothing()
    {
        Sender.Answers(Outcome("later"));
        Second.Answers(Outcome("refused for us"));
        string[] people = [.. Enumerable.Range(0, 10).Select(_ => a.Address())];
        foreach (var person in people) await DeliverAsync(Site.DueEmail(Site.PersonOf(person), "test|one"));
        await RunForAsync(TimeSpan.FromHours(3));
        Assert.Empty(Sender.Accepted);
        Assert.All(await RowsAsync(people), row => Assert.Equal((DeliveryState.Later, true), (row.State, row.Reason is not null && row.DueAt is not null)));

        // A day of that asks each provider a few hundred times, not once a message and minute.
        Assert.InRange(Sender.Calls + Second.Calls, 10, 80);
        Sender.Answers(null);
        Second.Answers(null);
        await RunForAsync(TimeSpan.FromHours(1));

        Assert.All(await RowsAsync(people), row => Assert.Equal(DeliveryState.Accepted, row.State));
        Assert.Equal(people.Length, Sender.Accepted.Count + Second.Accepted.Count);
    }

    private static SendOutcome Outcome(string how) => how switch
    {
        "later" => new SendOutcome.Later(null, "No connection."),
        "throttled" => new SendOutcome.Later(TimeSpan.FromMinutes(10), "Too many."),
        _ => new SendOutcome.RefusedForUs("The account is suspended."),
    };

    private async Task<List<Delivery>> RowsAsync(IEnumerable<string> people)
    {
        var rows = new List<Delivery>();
        foreach (var person in people) rows.Add(Assert.Single(await Site.DeliveriesAsync(person)));
        return rows;
    }

    private async Task<JsonNode> StatusAsync() =>
        JsonNode.Parse(await (await AskAsync(HttpMethod.Get, "/api/email")).Content.ReadAsStringAsync())!;
}
