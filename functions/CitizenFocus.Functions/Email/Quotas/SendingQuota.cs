using System.Collections.Concurrent;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>
/// Holds each sender's limits across all processes, by one row a sender whose ETag is the lock. Who may not send now is
/// given a place in the line of its class and the instant of its turn, until which its message sleeps on the queue; at that
/// instant it asks again, so that what is counted is what is sent, when it is sent.
/// </summary>
internal sealed class SendingQuota(SendingTable table, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <param name="wanted">How many: 1 or more.</param>
    /// <param name="hasTurn">It was in the line, and its turn has come.</param>
    public async Task<QuotaAnswer> TakeAsync(IEmailSender sender, bool isBulk, int wanted, bool hasTurn, CancellationToken cancellationToken)
    {
        if (sender.Rate.IsUnlimited) return new QuotaAnswer.Granted(wanted);

        // Those in this process do not race each other for the row.
        var gate = _gates.GetOrAdd(sender.Name, _ => new(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await OptimisticRetry.RunAsync(() => TryTakeAsync(sender, isBulk, wanted, hasTurn, cancellationToken));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>When so many messages would be done.</summary>
    public async Task<DateTimeOffset> DoneAtAsync(IEmailSender sender, bool isBulk, int messages, CancellationToken cancellationToken) =>
        (await FindAsync(sender, cancellationToken)).State.DoneAt(sender.Rate, isBulk, messages, clock.GetUtcNow());

    public async Task<QuotaState> StateOfAsync(IEmailSender sender, CancellationToken cancellationToken) => (await FindAsync(sender, cancellationToken)).State;

    private async Task<QuotaAnswer> TryTakeAsync(IEmailSender sender, bool isBulk, int wanted, bool hasTurn, CancellationToken cancellationToken)
    {
        var (now, rate) = (clock.GetUtcNow(), sender.Rate);
        var (state, etag) = await FindAsync(sender, cancellationToken);
        var line = state.Line(isBulk);
        var free = state.Free(rate, isBulk, now);
        if (free > 0 && (hasTurn || line <= now))
        {
            var granted = Math.Min(free, wanted);
            await table.PutAsync(state.Take(rate, granted, now).ToEntity(SendingTable.Partition, RowOf(sender)), etag, cancellationToken);
            return new QuotaAnswer.Granted(granted);
        }

        var earliest = state.Earliest(rate, isBulk);

        // Who has a place in the line already, and finds that transactional mail went before, keeps it: a little later, and not all at once.
        if (hasTurn) return new QuotaAnswer.WaitUntil((earliest > now ? earliest : now) + (rate.Interval * (Random.Shared.NextDouble() * 2)));

        var turn = earliest > line ? earliest : line;
        await table.PutAsync(state.WithLine(isBulk, turn + rate.Interval).ToEntity(SendingTable.Partition, RowOf(sender)), etag, cancellationToken);
        return new QuotaAnswer.WaitUntil(turn);
    }

    private async Task<(QuotaState State, ETag? ETag)> FindAsync(IEmailSender sender, CancellationToken cancellationToken) =>
        await table.FindAsync(RowOf(sender), cancellationToken) is { } row ? (QuotaState.FromEntity(row), row.ETag) : (QuotaState.Unused, null);

    private static string RowOf(IEmailSender sender) => SendingTable.QuotaPrefix + sender.Name;
}

internal abstract record QuotaAnswer
{
    private QuotaAnswer()
    {
    }

    /// <param name="Count">So many of those wanted: 1 or more.</param>
    internal sealed record Granted(int Count) : QuotaAnswer;

    internal sealed record WaitUntil(DateTimeOffset Turn) : QuotaAnswer;
}
