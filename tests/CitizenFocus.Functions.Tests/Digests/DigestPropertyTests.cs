using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>Whatever people and organisers do, whenever timers fire or do not, wherever the process dies.</summary>
public sealed class DigestPropertyTests : DigestTest
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CITIZENFOCUS_DIGEST") == "long";
    private static readonly int Cases = IsLong ? 300 : 10;
    private static readonly string[] AllTopics = ["energy", "mobility", "water"];

    private static readonly Gen<Move> Moves = Gen.Frequency(
        (6, from topic in Gen.Elements(AllTopics) select (Move)new Move.Publish(topic)),
        (1, from n in Gen.Choose(0, 20) select (Move)new Move.Withdraw(n)),
        (3, from who in Gen.Choose(0, 3) from wish in Wishes() select (Move)new Move.Subscribe(who, wish)),
        (2, from who in Gen.Choose(0, 3) from wish in Wishes() select (Move)new Move.Change(who, wish)),
        (1, from who in Gen.Choose(0, 3) select (Move)new Move.Leave(who)),
        (5, from timers in Gen.Choose(0, 3) from crashAt in Gen.Choose(0, 40) from late in Gen.Choose(0, 3) select (Move)new Move.Monday(timers, crashAt, late)));

    [Fact]
    public async Task Commitments_WhateverHappens_AreInOneIssueOfEachCadence_AndComeToEachSubscriberOnce()
    {
        await Task.Run(() => Prop.ForAll(Moves.ArrayOf(14).ToArbitrary(), moves => RunAsync(moves).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases)));
    }

    private static Gen<SubscriptionWish> Wishes() =>
        from cadence in Gen.Elements(DigestCadence.Weekly, DigestCadence.Monthly)
        from topics in Gen.SubListOf(AllTopics)
        select new SubscriptionWish { Cadence = cadence, Topics = topics.Count == AllTopics.Length ? [] : [.. topics] };

    private async Task RunAsync(IReadOnlyList<Move> moves)
    {
        var people = Enumerable.Range(0, 4).Select(_ => new Reader(a.Address())).ToList();
        var published = new List<(string Id, string Topic, int At)>();
        var withdrawn = new HashSet<string>();
        for (var step = 0; step < moves.Count; step++)
        {
            switch (moves[step])
            {
                case Move.Publish(var topic):
                    published.Add((await PublishAsync(topic), topic, step));
                    break;
                case Move.Withdraw(var n) when published.Count > 0:
                    await Site.OrganisedAsync(published[n % published.Count].Id, "withdraw");
                    withdrawn.Add(published[n % published.Count].Id);
                    break;
                case Move.Subscribe(var who, var wish):
                    await BeginAsync(people[who], wish, step);
                    break;
                case Move.Change(var who, var wish) when people[who].IsActive:
                    Assert.True(await Site.Services.GetRequiredService<Functions.Digests.Subscriptions>().ChangeAsync(Site.PersonOf(people[who].Address), wish, default));
                    people[who].Wishes.Add(wish);
                    break;
                case Move.Leave(var who) when people[who].IsActive:
                    await Site.Services.GetRequiredService<Functions.Digests.Subscriptions>().LeaveAsync(Site.PersonOf(people[who].Address), null, default);
                    people[who].Left(Site.Time.GetUtcNow());
                    break;
                case Move.Monday monday:
                    await SendAsync(monday);
                    break;
            }
        }

        // Two months without a fault bring what is left to everybody.
        for (var week = 0; week < 9; week++) await SendAsync(new(1, 0, 0));
        await HoldIssuesAsync(published, withdrawn);
        foreach (var reader in people) Hold(reader, published, withdrawn);
        Assert.Equal(0, Sender.Doubles);
    }

    private async Task BeginAsync(Reader reader, SubscriptionWish wish, int step)
    {
        // The mail that asks comes once an hour.
        Site.Time.Advance(TimeSpan.FromHours(1));
        await AskAsync(reader.Address, wish.Cadence.ToString(), [.. wish.Topics]);
        await PumpAsync();
        Assert.NotNull(await Site.Services.GetRequiredService<Functions.Digests.Subscriptions>().ConfirmAsync(Site.PersonOf(reader.Address), default));
        if (!reader.IsActive) reader.Begin(step, Site.Time.GetUtcNow());
        reader.Wishes.Add(wish);
        Site.Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task SendAsync(Move.Monday monday)
    {
        Site.Time.SetUtcNow(NextMonday().AddHours(monday.Late * 20));
        await using (var other = await StartAnotherAsync())
        {
            if (monday.CrashAt > 0) other.Calls.Disturb = StorageCalls.CrashAt(monday.CrashAt, monday.CrashAt % 2 == 0, request => !request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal));
            await Task.WhenAll(Enumerable.Range(0, monday.Timers).Select(async n =>
            {
                using var fired = await (n == 0 ? other : Site).PostEnvelopeAsync(MakeDigests.FunctionName, """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""");
            }));
            await PumpAsync(other);
        }

        await RunAsync(Site.Time.GetUtcNow().AddMinutes(30));
    }

    /// <summary>Each number is in one issue of each cadence, and each commitment has one number.</summary>
    private async Task HoldIssuesAsync(List<(string Id, string Topic, int At)> published, HashSet<string> withdrawn)
    {
        var issues = Site.Services.GetRequiredService<IssueStore>();
        var last = (await issues.FindStateAsync(default))?.Value.LastNumber ?? 0;
        var numbered = (await issues.ListNumberedAsync(0, last, default)).Values.ToList();
        Assert.Equal(numbered.Distinct(), numbered);
        Assert.Empty(published.Select(one => one.Id).Except(numbered).Except(withdrawn));
        foreach (var cadence in Enum.GetValues<DigestCadence>())
        {
            var end = 0;
            foreach (var issue in await issues.ListAsync(cadence, default))
            {
                Assert.Equal(end, issue.After);
                Assert.True(issue.UpTo > issue.After);
                end = issue.UpTo;
            }

            var lost = (await issues.ListNumberedAsync(end, last, default)).Values.Except(withdrawn);
            Assert.Empty(lost);
        }
    }

    private void Hold(Reader reader, List<(string Id, string Topic, int At)> published, HashSet<string> withdrawn)
    {
        var mails = DigestsTo(reader.Address);
        var got = mails.SelectMany(mail => mail.Commitments).ToList();
        Assert.Equal(got.Distinct(), got);
        Assert.All(mails, mail => Assert.NotEmpty(mail.Commitments));
        Assert.All(mails, mail => Assert.True(reader.WasActive(mail.At), "A mail after they left."));
        Assert.All(got, id => Assert.Contains(published, one => one.Id == id && reader.Wishes.Any(wish => wish.Takes([one.Topic]))));

        // Who stayed to the end, and always wanted it, has it.
        if (!reader.IsActive) return;
        var owed = published.Where(one => one.At > reader.Since && reader.Wishes.All(wish => wish.Takes([one.Topic])) && !withdrawn.Contains(one.Id)).Select(one => one.Id);
        Assert.Empty(owed.Except(got));
    }

    private abstract record Move
    {
        internal sealed record Publish(string Topic) : Move;

        internal sealed record Withdraw(int Which) : Move;

        internal sealed record Subscribe(int Who, SubscriptionWish Wish) : Move;

        internal sealed record Change(int Who, SubscriptionWish Wish) : Move;

        internal sealed record Leave(int Who) : Move;

        /// <param name="Timers">How many fire at once; the first is of the process that dies at call <paramref name="CrashAt"/>, 0: it does not.</param>
        /// <param name="Late">How late, in twenty hours.</param>
        internal sealed record Monday(int Timers, int CrashAt, int Late) : Move;
    }

    private sealed class Reader(string address)
    {
        private readonly List<(DateTimeOffset From, DateTimeOffset To)> _away = [];
        private DateTimeOffset? _leftAt;

        public string Address => address;

        public bool IsActive { get; private set; }

        /// <summary>The step of the last confirmation.</summary>
        public int Since { get; private set; }

        public List<SubscriptionWish> Wishes { get; } = [];

        public void Begin(int step, DateTimeOffset at)
        {
            (IsActive, Since) = (true, step);
            if (_leftAt is { } left) _away.Add((left, at));
            _leftAt = null;
        }

        public void Left(DateTimeOffset at) => (IsActive, _leftAt) = (false, at);

        public bool WasActive(DateTimeOffset at) => (_leftAt is not { } left || at <= left) && !_away.Exists(away => at > away.From && at < away.To);
    }
}
