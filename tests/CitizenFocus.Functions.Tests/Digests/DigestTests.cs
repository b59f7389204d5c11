using System.Net;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>What subscribers get of issues, and when.</summary>
public sealed class DigestTests : DigestTest
{
    private readonly string _anna = a.Address(), _ben = a.Address();

    [Fact]
    public async Task Subscribers_OnMonday_GetWhatIsNewOnce()
    {
        await SubscribeAsync(_anna);
        var (first, second) = (await PublishAsync("energy"), await PublishAsync("mobility"));

        await MondayAsync();
        await PumpAsync();
        await Site.FireTimerAsync(MakeDigests.FunctionName);
        await RunAsync(Site.Time.GetUtcNow().AddHours(5));

        var mail = Assert.Single(DigestsTo(_anna));
        Assert.Equal([first, second], mail.Commitments);
        Assert.Equal("2 new commitments: Title " + first + ", and more", mail.Email.Message.Subject);
        Assert.True(mail.Email.Message.IsBulk);
        Assert.Equal((DeliveryState.Accepted, 2), ((await SubscriberAsync(_anna))!.Last!.State, (await SubscriberAsync(_anna))!.CoveredUntil));
    }

    [Fact]
    public async Task Subscribers_WhenNothingIsNew_GetNothing()
    {
        await SubscribeAsync(_anna);

        await MondayAsync();
        await PumpAsync();

        Assert.Empty(DigestsTo(_anna));
        Assert.Empty(await IssuesAsync(DigestCadence.Weekly));
    }

    [Fact]
    public async Task Topics_DecideWhatSomebodyGets_AndNothingWhereNothingMatches()
    {
        await SubscribeAsync(_anna, "weekly", "energy", "MOBILITY");
        await SubscribeAsync(_ben, "weekly", "water");
        var (_, wanted) = (await PublishAsync("culture"), await PublishAsync("mobility", "air"));

        await MondayAsync();
        await PumpAsync();

        Assert.Equal([wanted], Assert.Single(DigestsTo(_anna)).Commitments);
        Assert.Empty(DigestsTo(_ben));
        Assert.Equal((DeliveryState.Skipped, "Nothing new matches the topics."), ((await SubscriberAsync(_ben))!.Last!.State, (await SubscriberAsync(_ben))!.Last!.Reason));
    }

    [Fact]
    public async Task Confirmed_SinceTheLastIssue_GetsTheWholeNextOneAndNothingOfThoseBefore()
    {
        await PublishAsync();
        await MondayAsync();
        var before = await PublishAsync();
        await SubscribeAsync(_anna);
        var after = await PublishAsync();

        await MondayAsync();
        await PumpAsync();

        Assert.Equal([before, after], Assert.Single(DigestsTo(_anna)).Commitments);
    }

    [Fact]
    public async Task Monthly_OnTheFirstMonday_GetsTheMonth()
    {
        await SubscribeAsync(_anna, "monthly");
        List<string> published = [];
        for (var week = 0; week < 4; week++)
        {
            published.Add(await PublishAsync());
            await MondayAsync();
            await PumpAsync();
        }

        // 7, 14, 21 and 28 September are behind; the next one is the first of October.
        Assert.Equal(published.Take(1), DigestsTo(_anna).SelectMany(mail => mail.Commitments));
        published.Add(await PublishAsync());
        await MondayAsync();
        await PumpAsync();
        Assert.Equal([published[..1], published[1..]], DigestsTo(_anna).Select(mail => mail.Commitments));
        Assert.Equal(["2026-09", "2026-10"], (await IssuesAsync(DigestCadence.Monthly)).Select(issue => issue.Name));
    }

    [Fact]
    public async Task Change_FromWeeklyToMonthlyAndBack_MissesNothingAndGetsNothingTwice()
    {
        await SubscribeAsync(_anna);
        List<string> published = [];
        foreach (var cadence in new[] { "weekly", "monthly", "monthly", "weekly", "monthly", "monthly", "monthly", "weekly", "weekly" })
        {
            await ChangeAsync(_anna, cadence);
            published.Add(await PublishAsync());
            await MondayAsync();
            await PumpAsync();
        }

        Assert.Equal(published, DigestsTo(_anna).SelectMany(mail => mail.Commitments));
    }

    [Fact]
    public async Task Commitment_WithdrawnBeforeSending_IsLeftOut()
    {
        await SubscribeAsync(_anna);
        await SubscribeAsync(_ben, "weekly", "energy");
        var (gone, stays) = (await PublishAsync("energy"), await PublishAsync("air"));

        await MondayAsync();
        await Site.OrganisedAsync(gone, "withdraw");
        await PumpAsync();

        Assert.Equal([stays], Assert.Single(DigestsTo(_anna)).Commitments);
        Assert.Empty(DigestsTo(_ben));
    }

    [Fact]
    public async Task Commitments_AllWithdrawn_MakeNoIssue()
    {
        await Site.OrganisedAsync(await PublishAsync(), "withdraw");

        await MondayAsync();

        Assert.Empty(await IssuesAsync(DigestCadence.Weekly));
    }

    [Fact]
    public async Task Unsubscribed_WhileTheIssueIsQueued_GetsNothing()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await MondayAsync();
        await Site.Services.GetRequiredService<Functions.Digests.Subscriptions>().LeaveAsync(Site.PersonOf(_anna), null, default);

        await PumpAsync();

        Assert.Empty(DigestsTo(_anna));
    }

    [Fact]
    public async Task Suppressed_OfWhateverCause_GetsNothing()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await Site.Services.GetRequiredService<Suppressions>().AddAsync(Site.PersonOf(_anna), SuppressionCause.Complained, default);

        await MondayAsync();
        await PumpAsync();

        Assert.Empty(DigestsTo(_anna));
        Assert.StartsWith("The address is suppressed", (await SubscriberAsync(_anna))!.Last!.Reason);
    }

    [Fact]
    public async Task Site_ThatSleptForTenDays_MakesOneIssueOfBothWeeks()
    {
        await SubscribeAsync(_anna);
        var first = await PublishAsync();
        Site.Time.SetUtcNow(NextMonday().AddDays(1));
        var second = await PublishAsync();
        Site.Time.Advance(TimeSpan.FromDays(9));

        await Site.FireTimerAsync(MakeDigests.FunctionName);
        await PumpAsync();

        Assert.Equal([first, second], Assert.Single(DigestsTo(_anna)).Commitments);
        Assert.Single(await IssuesAsync(DigestCadence.Weekly));
    }

    [Fact]
    public async Task Timers_FiringAtOnceInTwoProcesses_MakeOneIssue()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await using var other = await StartAnotherAsync();
        Site.Time.SetUtcNow(NextMonday());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? Site : other).FireTimerAsync(MakeDigests.FunctionName)));
        await PumpAsync();

        Assert.Single(await IssuesAsync(DigestCadence.Weekly));
        Assert.Single(DigestsTo(_anna));
    }

    [Fact]
    public async Task Pause_StopsAnIssueThatIsBeingSent_AndItGoesOnWithoutLoss()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        var sending = Site.Services.GetRequiredService<SendingSwitch>();
        await sending.PauseAsync("Something is wrong.", default);

        await MondayAsync();
        await RunAsync(Site.Time.GetUtcNow().AddMinutes(30));
        Assert.Empty(DigestsTo(_anna));

        await sending.ResumeAsync(default);
        await RunAsync(Site.Time.GetUtcNow().AddMinutes(2));
        Assert.Single(DigestsTo(_anna));
    }

    [Fact]
    public async Task Quota_IsKept_AndEverybodyGetsTheirsInTheEnd()
    {
        List<string> everybody = [.. Enumerable.Range(0, 12).Select(_ => a.Address())];
        foreach (var address in everybody) await SubscribeAsync(address);
        await PublishAsync();
        Sender.Rate = new(4, 1_000);

        await MondayAsync();
        await RunAsync(Site.Time.GetUtcNow().AddMinutes(30));

        var sent = everybody.Select(address => Assert.Single(DigestsTo(address)).At).Order().ToList();
        Assert.All(sent, at => Assert.InRange(sent.Count(other => other >= at && other < at.AddMinutes(1)), 1, 4));
    }

    [Fact]
    public async Task Shard_AmongThePoisonous_IsTriedAgain()
    {
        await SubscribeAsync(_anna);
        await PublishAsync();
        await MondayAsync();
        var text = new DueShard(new(DigestCadence.Weekly, 1), Site.PersonOf(_anna).Shard).ToText();
        Queues.Take(1_000);

        using var response = await Site.InvokeAsync(ReturnPoisonedShard.FunctionName, text);
        await RunAsync(Site.Time.GetUtcNow() + ReturnPoisonedShard.Delay);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(DigestsTo(_anna));
    }

    private async Task<IReadOnlyList<DigestIssue>> IssuesAsync(DigestCadence cadence) => await Site.Services.GetRequiredService<IssueStore>().ListAsync(cadence, default);

    private async Task ChangeAsync(string address, string cadence) => Assert.True(await Site.Services.GetRequiredService<Functions.Digests.Subscriptions>()
        .ChangeAsync(Site.PersonOf(address), new() { Cadence = Enum.Parse<DigestCadence>(cadence, ignoreCase: true) }, default));
}
