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
            PersonId.Shards,
            new ParallelOptions { MaxDegreeOfParallelism = ShardsInFlight, CancellationToken = cancellationToken },
            async (shard, token) => await subscribers.ForgetLeftAsync(shard, before, token));
    }
}
