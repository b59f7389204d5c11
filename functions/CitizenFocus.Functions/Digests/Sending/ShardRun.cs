using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>Brings an issue forward in one shard, from wherever it stands, as far as time, quota and provider let it.</summary>
internal sealed class ShardRun(ShardStore shards, SettleShard settle, SelectBatch select, SendBatch send, TimeProvider clock)
{
    /// <summary>Half of what a function may take; the next message goes on.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan OtherIssueCheck = TimeSpan.FromMinutes(1);

    public async Task<Step> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + LongestRun;
        while (true)
        {
            var step = await settle.RunAsync(work, cancellationToken) ?? await SendAsync(work, until, cancellationToken);
            if (step is not Step.Reread) return step;
            if (clock.GetUtcNow() > until) return new Step.ComeBack(clock.GetUtcNow());
        }
    }

    private async Task<Step> SendAsync(ShardWork work, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var rows = shards.ListDueAsync(work.Issue, work.Shard, work.PlaceOrNew.Cursor, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (ahead, isEnd) = (new List<Stored<Subscriber>>(), false);
        while (clock.GetUtcNow() <= until)
        {
            // One more than a step takes, so that the last one is known for it.
            while (!isEnd && ahead.Count <= ShardStore.MostPerStep)
            {
                if (await rows.MoveNextAsync()) ahead.Add(rows.Current);
                else isEnd = true;
            }

            if (ahead.Count == 0) return await EndAsync(work);
            var page = ahead.Take(ShardStore.MostPerStep).TakeWhile(row => !IsOpenElsewhere(row.Value, work.Issue)).ToList();
            if (page.Count == 0) return new Step.ComeBack(clock.GetUtcNow() + OtherIssueCheck);

            var batch = await select.EntriesAsync(work.Issue, page, work.Suppressed, cancellationToken);
            var (step, taken) = await send.RunAsync(work, batch, isLast: isEnd && page.Count == ahead.Count, null, cancellationToken);
            if (step is not Step.GoOn) return step;
            if (work.PlaceOrNew.IsDone) return new Step.Done();
            ahead.RemoveRange(0, taken);
        }

        return new Step.ComeBack(clock.GetUtcNow());
    }

    private async Task<Step> EndAsync(ShardWork work)
    {
        if (work.PlaceOrNew.SettleAt is { } at) return new Step.ComeBack(at);
        return await work.CommitAsync(shards, work.PlaceOrNew with { IsDone = true }, []) ?? new Step.Done();
    }

    /// <summary>What another issue may have brought them is settled first: a row holds one issue's ledger.</summary>
    private static bool IsOpenElsewhere(Subscriber subscriber, DigestIssue issue) => subscriber.Last is { IsOpen: true } last && last.Issue != issue.Key;
}
