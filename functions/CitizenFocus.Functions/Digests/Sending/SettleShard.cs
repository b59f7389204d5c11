using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// Settles what got no answer in a shard, be it that the provider gave none or that whoever had claimed it died: by what the
/// provider's sender says of that (<see cref="UnknownSettlement"/>). A call is accepted or not as a whole, so a report on
/// anybody in it settles all who were.
/// </summary>
internal sealed class SettleShard(ShardStore shards, SelectBatch select, SendBatch send, SendingControl control, TimeProvider clock)
{
    private const int QuestionsInFlight = 8;

    /// <returns><see langword="null"/> where nothing is left to settle now.</returns>
    public async Task<Step?> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        while (work.Place is { Value: { } place } && (place.LeaseUntil is not null || place.SettleAt <= clock.GetUtcNow()))
        {
            var now = clock.GetUtcNow();
            var open = await shards.ListOpenAsync(work.Issue.Key, work.Shard, cancellationToken);
            var due = open.Where(subscriber => subscriber.Last!.State == DeliveryState.Sending || subscriber.Last.DueAt <= now).Take(ShardStore.MostPerStep).ToList();
            if (due.Count == 0)
            {
                if (await work.CommitAsync(shards, place with { LeaseUntil = null, SettleAt = open.Min(subscriber => subscriber.Last!.DueAt) }, []) is { } lost) return lost;
                continue;
            }

            var decided = await DecideAsync(open, due, (place.LeaseUntil ?? now), now, cancellationToken);
            if (await WriteAsync(work, place, decided, now) is { } stopped) return stopped;
            foreach (var again in decided.OfType<Settlement.Again>().GroupBy(one => one.Only))
            {
                var (step, _) = await send.RunAsync(work, [.. again.Select(one => one.Entry)], isLast: false, again.Key, cancellationToken);
                if (step is not Step.GoOn) return step;
            }
        }

        return null;
    }

    /// <summary>What is not sent again is written now; the place stays due, so that who dies here leaves nothing behind.</summary>
    private async Task<Step?> WriteAsync(ShardWork work, ShardPlace place, IReadOnlyList<Settlement> decided, DateTimeOffset now)
    {
        var written = decided.OfType<Settlement.Written>().Select(one => one.Subscriber).ToList();
        var next = place with { LeaseUntil = null, SettleAt = now, Counts = place.Counts + DigestCounts.Of(written.Select(subscriber => subscriber.Last!)) };
        return await work.CommitAsync(shards, next, written.Select(subscriber => new ShardChange(subscriber, ETag.All)));
    }

    private async Task<IReadOnlyList<Settlement>> DecideAsync(
        IReadOnlyList<Subscriber> open, IReadOnlyList<Subscriber> due, DateTimeOffset leaseUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reported = open.Where(subscriber => subscriber.Last!.Report is not null).Select(subscriber => subscriber.Last!.Call).ToHashSet();
        var decided = new Settlement[due.Count];
        await Parallel.ForAsync(0, due.Count, new ParallelOptions { MaxDegreeOfParallelism = QuestionsInFlight, CancellationToken = cancellationToken }, async (n, token) =>
        {
            var last = due[n].Last! with { UpdatedAt = now };

            // Who died while sending did not count that.
            if (last.State == DeliveryState.Sending) last = last with { Unanswered = last.Unanswered + 1 };
            decided[n] = await DecideAsync(due[n] with { Last = last }, reported.Contains(last.Call), leaseUntil, now, token);
        });
        return decided;
    }

    private async Task<Settlement> DecideAsync(Subscriber subscriber, bool isReported, DateTimeOffset leaseUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = subscriber.Last!;
        if (last.Report is not null || isReported) return Accepted(subscriber, last.ProviderId, "A delivery report showed that its call was accepted.");
        if (control.Find(last.Provider) is not { } sender) return Left(subscriber, "Left: its provider is not in the settings any more.");
        switch (sender.Settlement)
        {
            case UnknownSettlement.Repeat:
                return await AgainAsync(subscriber, sender, "Sent again: under one id it is the same mail.", isDoubtful: true, cancellationToken);
            case UnknownSettlement.AskThenRepeat:
                return await AskAsync(subscriber, sender, now, cancellationToken);
            case UnknownSettlement.AwaitReport:
                return await AwaitReportAsync(subscriber, sender, leaseUntil, now, cancellationToken);
            case UnknownSettlement.ByClass:
                return Left(subscriber, BatchMark.NoDoubles);
            default:
                throw new InvalidOperationException("No such settlement.");
        }
    }

    private async Task<Settlement> AskAsync(Subscriber subscriber, IEmailSender sender, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = subscriber.Last!;
        return await sender.AskAsync(last.Issue.DeliveryKey.DeliveryIdFor(subscriber.Person), cancellationToken) switch
        {
            null => await AgainAsync(subscriber, sender, "Sent again under the same operation id: the provider knew of no such operation.", isDoubtful: false, cancellationToken),
            SendOutcome.Accepted(var id) => Accepted(subscriber, id, "The provider was asked, and has it."),
            SendOutcome.Refused(var reason) => new Settlement.Written(
                subscriber with { Last = last with { State = DeliveryState.Refused, Reason = reason, Decision = "The provider was asked, and refused it.", DueAt = null } }),
            _ => Waiting(subscriber, now + SettleUnknown.AskAgain),
        };
    }

    private async Task<Settlement> AwaitReportAsync(Subscriber subscriber, IEmailSender sender, DateTimeOffset leaseUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = subscriber.Last!;
        var deadline = last.State == DeliveryState.Unknown ? last.DueAt ?? now : leaseUntil + sender.ReportDeadline;
        if (deadline > now) return Waiting(subscriber, deadline);
        if (last.Unanswered >= SettleUnknown.MostUnreported) return Left(subscriber, $"Left: {last.Unanswered} attempts got neither an answer nor a report.");
        return await AgainAsync(subscriber, null, "Sent again: no delivery report on its call came by the deadline, so that was not accepted.", isDoubtful: false, cancellationToken);
    }

    /// <param name="isDoubtful">The attempt without an answer may have been a mail.</param>
    private async Task<Settlement> AgainAsync(Subscriber subscriber, IEmailSender? only, string decision, bool isDoubtful, CancellationToken cancellationToken)
    {
        var entry = await select.EntryAsync(subscriber, cancellationToken);
        if (entry.Skip is null) return new Settlement.Again(entry with { Decision = decision }, only);
        return isDoubtful
            ? Left(subscriber, "Left: an attempt got no answer, and there is no other: " + entry.Skip)
            : new Settlement.Written(subscriber with { Last = subscriber.Last! with { State = DeliveryState.Skipped, Reason = entry.Skip, DueAt = null } });
    }

    private static Settlement.Written Accepted(Subscriber subscriber, string? providerId, string decision) => new(subscriber with
    {
        Last = subscriber.Last! with { State = DeliveryState.Accepted, ProviderId = providerId, Reason = null, Decision = decision, DueAt = null },
    });

    private static Settlement.Written Left(Subscriber subscriber, string decision) => new(subscriber with
    {
        Last = subscriber.Last! with { State = DeliveryState.Unknown, Reason = subscriber.Last.Reason ?? SettleUnknown.Died, Decision = decision, DueAt = null },
    });

    private static Settlement.Written Waiting(Subscriber subscriber, DateTimeOffset until) => new(subscriber with
    {
        Last = subscriber.Last! with { State = DeliveryState.Unknown, Reason = subscriber.Last.Reason ?? SettleUnknown.Died, DueAt = until },
    });

    private abstract record Settlement
    {
        private Settlement()
        {
        }

        /// <summary>Settled, or waiting to be.</summary>
        internal sealed record Written(Subscriber Subscriber) : Settlement;

        /// <param name="Only">The only sender that may; <see langword="null"/>: any.</param>
        internal sealed record Again(BatchEntry Entry, IEmailSender? Only) : Settlement;
    }
}
