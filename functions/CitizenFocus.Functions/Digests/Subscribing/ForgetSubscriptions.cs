using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>Every night: forgets who never confirmed, who left long ago, and the addresses of tests.</summary>
internal sealed class ForgetSubscriptions(UnconfirmedStore unconfirmed, SubscriberStore subscribers, TestStore tests, TimeProvider clock) : ITimerFunction
{
    public const string FunctionName = "ForgetSubscriptions";

    private const int ShardsInFlight = 8;

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        await unconfirmed.ForgetOldAsync(cancellationToken);
        await tests.ForgetOldAsync(cancellationToken);
        var before = clock.GetUtcNow() - Subscriptions.UndoWithin;
        await Parallel.ForEachAsync(
            FromAnotherEachNight(PersonId.Shards, clock.GetUtcNow()),
            new ParallelOptions { MaxDegreeOfParallelism = ShardsInFlight, CancellationToken = cancellationToken },
            async (shard, token) => await subscribers.ForgetLeftAsync(shard, before, token));
    }

    /// <summary>A night that is cut short by functionTimeout must not be cut short before the same shards each time.</summary>
    private static IEnumerable<string> FromAnotherEachNight(string[] shards, DateTimeOffset now)
    {
        const int Stride = 37; // Has no divisor in common with 256: in 256 nights each is the first once.
        var first = (int)(now.UtcDateTime.Date - DateTime.UnixEpoch).TotalDays * Stride % shards.Length;
        return shards[first..].Concat(shards[..first]);
    }
}
