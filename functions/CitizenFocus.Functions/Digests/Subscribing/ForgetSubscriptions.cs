using System.Globalization;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>Every night: forgets who never confirmed, who left long ago, and the addresses of tests.</summary>
internal sealed class ForgetSubscriptions(UnconfirmedStore unconfirmed, SubscriberStore subscribers, TestStore tests, TimeProvider clock) : ITimerFunction
{
    public const string FunctionName = "ForgetSubscriptions";

    private const int ShardsInFlight = 8;

    /// <summary>As <see cref="People.PersonId.Shard"/> names them.</summary>
    public static readonly string[] Shards = [.. Enumerable.Range(0, 256).Select(shard => shard.ToString("x2", CultureInfo.InvariantCulture))];

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        await unconfirmed.ForgetOldAsync(cancellationToken);
        await tests.ForgetOldAsync(cancellationToken);
        var before = clock.GetUtcNow() - Subscriptions.UndoWithin;
        await Parallel.ForEachAsync(
            Shards,
            new ParallelOptions { MaxDegreeOfParallelism = ShardsInFlight, CancellationToken = cancellationToken },
            async (shard, token) => await subscribers.ForgetLeftAsync(shard, before, token));
    }
}
