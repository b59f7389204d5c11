using System.Collections.Concurrent;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// Sends one shard of an issue on. A message comes at least once, and two of one shard may run at once: the place's ETag lets
/// one of them take each step. A shard that is not done always has a message on the queue.
/// </summary>
internal sealed class SendDigestShard(
    IssueStore issues, ShardStore shards, ShardRun run, ShardQueue queue, IssueProgress progress, SendingControl control, Suppressions suppressions, TimeProvider clock) : IQueueFunction
{
    public const string FunctionName = "SendDigestShard";

    private static readonly TimeSpan PauseCheck = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TakenCheck = TimeSpan.FromMinutes(2);

    // An issue is fixed when it is made.
    private readonly ConcurrentDictionary<IssueKey, DigestIssue> _issues = new();

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        var due = DueShard.Parse(message.Text);
        var now = clock.GetUtcNow();
        if (due.TurnAt > now) await queue.EnqueueAsync(due, due.TurnAt.Value - now, cancellationToken);
        else if (await FindIssueAsync(due.Issue, cancellationToken) is { } issue) await RunAsync(due, issue, cancellationToken);
    }

    private async Task RunAsync(DueShard due, DigestIssue issue, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var snapshot = await control.ReadAsync(cancellationToken);
        if (snapshot.Pause is not null)
        {
            await queue.EnqueueAsync(due, PauseCheck, cancellationToken);
            return;
        }

        var place = await shards.FindPlaceAsync(issue.Key, due.Shard, cancellationToken);
        if (place is { Value.IsDone: true } done)
        {
            // Who died just after the last step did not tell.
            await progress.WriteAsync(done.Value, cancellationToken);
            return;
        }

        if (place?.Value.LeaseUntil > now)
        {
            await queue.EnqueueAsync(due, place.Value.LeaseUntil.Value - now + TimeSpan.FromSeconds(1), cancellationToken);
            return;
        }

        var work = new ShardWork
        {
            Issue = issue,
            Shard = due.Shard,
            Snapshot = snapshot,
            Suppressed = await suppressions.ListAsync(due.Shard, cancellationToken),
            Place = place,
            HasTurn = due.TurnAt is not null,
        };
        var step = await run.RunAsync(work, cancellationToken);
        await NextAsync(due, work, step, cancellationToken);
    }

    /// <summary>The message first: a shard that waits without one would wait for ever.</summary>
    private async Task NextAsync(DueShard due, ShardWork work, Step step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case Step.ComeBack(var at, var isTurn):
                await queue.EnqueueAsync(due with { TurnAt = isTurn ? at : null }, at - clock.GetUtcNow(), cancellationToken);
                break;
            case Step.Taken:
                await queue.EnqueueAsync(due with { TurnAt = null }, TakenCheck, cancellationToken);
                return;
        }

        if (work.Place is { } left) await progress.WriteAsync(left.Value, cancellationToken);
    }

    private async ValueTask<DigestIssue?> FindIssueAsync(IssueKey key, CancellationToken cancellationToken)
    {
        if (_issues.TryGetValue(key, out var known)) return known;
        return await issues.FindAsync(key, cancellationToken) is { } found ? _issues[key] = found : null;
    }
}
