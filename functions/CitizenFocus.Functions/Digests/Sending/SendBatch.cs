using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// One step at a shard: one transaction claims up to 99 subscribers together with the place, the provider is asked, one
/// transaction marks what became of it. Who dies between them leaves claims, which are settled by the provider's rule.
/// </summary>
internal sealed partial class SendBatch(
    ShardStore shards, DigestEmails emails, SendingControl control, SendingQuota quota, OperationIndex operations, Links links, TimeProvider clock, ILogger<SendBatch> logger)
{
    /// <summary>Calls are begun for so long; each ends within the sender's lease after that.</summary>
    private static readonly TimeSpan BeginTime = TimeSpan.FromMinutes(1);

    private const int OperationsInFlight = 8;

    /// <param name="batch">At most <see cref="ShardStore.MostPerStep"/>, all fresh or all repeated.</param>
    /// <param name="isLast">Nobody else is due behind it.</param>
    /// <param name="only">The only sender that may; <see langword="null"/>: any.</param>
    /// <returns>And how many of the batch were seen to: fewer where the quota did not reach.</returns>
    public async Task<(Step Step, int Taken)> RunAsync(ShardWork work, IReadOnlyList<BatchEntry> batch, bool isLast, IEmailSender? only, CancellationToken cancellationToken)
    {
        IEmailSender? sender = null;
        if (batch.Any(entry => entry.Skip is null))
        {
            sender = await control.ChooseAsync(only, work.Snapshot, work.Asked, cancellationToken);
            if (sender is null) return (new Step.ComeBack(work.RetryAt ?? control.NextChance(work.Snapshot)), 0);

            switch (await quota.TakeAsync(sender, isBulk: true, batch.Count(entry => entry.Skip is null), work.HasTurn, cancellationToken))
            {
                case QuotaAnswer.WaitUntil(var turn):
                    return (new Step.ComeBack(turn, IsTurn: true), 0);
                case QuotaAnswer.Granted(var count):
                    work.HasTurn = false;
                    var all = batch.Count;
                    batch = Cut(batch, count);
                    isLast &= batch.Count == all;
                    break;
            }
        }

        var before = work.PlaceOrNew;
        var claim = BatchClaim.Of(work.Issue, batch, sender, clock.GetUtcNow());
        if (await ClaimAsync(work, batch, claim, sender, isLast) is { } lost) return (lost, 0);
        return sender is null ? (new Step.GoOn(), batch.Count) : (await HandOverAsync(work, claim, before.Cursor, sender, isLast), batch.Count);
    }

    /// <summary>As many as are granted, and those between them who get nothing.</summary>
    private static IReadOnlyList<BatchEntry> Cut(IReadOnlyList<BatchEntry> batch, int granted)
    {
        var left = granted;
        return [.. batch.TakeWhile(entry => entry.Skip is not null || left-- > 0)];
    }

    /// <returns><see langword="null"/> where it is ours.</returns>
    private async Task<Step?> ClaimAsync(ShardWork work, IReadOnlyList<BatchEntry> batch, BatchClaim claim, IEmailSender? sender, bool isLast)
    {
        var place = work.PlaceOrNew;
        var next = place with
        {
            Cursor = batch[0].IsRepeat ? place.Cursor : batch[^1].Subscriber.Value.Person.Value,
            LeaseUntil = sender is null ? null : clock.GetUtcNow() + BeginTime + sender.Lease,
            Counts = place.Counts + DigestCounts.Of(claim.Changes.Select(change => change.Subscriber.Last!)),
            IsDone = sender is null && isLast && place.SettleAt is null,
        };
        return await work.CommitAsync(shards, next, claim.Changes);
    }

    /// <summary>From here on nobody stops it but death: what is known of an attempt is worth more than a moment.</summary>
    private async Task<Step> HandOverAsync(ShardWork work, BatchClaim claim, string cursorBefore, IEmailSender sender, bool isLast)
    {
        var (beginUntil, outcomes) = (clock.GetUtcNow() + BeginTime, new List<(Subscriber Subscriber, SendOutcome Outcome)>());
        foreach (var call in claim.Calls)
        {
            var stopped = outcomes.Exists(outcome => outcome.Outcome is not (SendOutcome.Accepted or SendOutcome.Refused));
            var answers = stopped ? Enumerable.Repeat(BulkSender.NotAttempted, call.People.Count) : await CallAsync(work, call, sender, beginUntil);
            outcomes.AddRange(call.People.Zip(answers));
        }

        return await MarkAsync(work, outcomes, cursorBefore, sender, isLast);
    }

    private async Task<IEnumerable<SendOutcome>> CallAsync(ShardWork work, BatchCall call, IEmailSender sender, DateTimeOffset beginUntil)
    {
        var key = work.Issue.Key.DeliveryKey;
        var email = new BulkEmail
        {
            Template = await emails.RenderAsync(call.Items, work.Issue.Opening, links.DigestIssue(work.Issue.Name), call.Language),
            Recipients = [.. call.People.Select(subscriber => emails.RecipientOf(subscriber.Person, subscriber.Email, key))],
        };
        await Parallel.ForEachAsync(email.Recipients, new ParallelOptions { MaxDegreeOfParallelism = OperationsInFlight }, async (recipient, token) =>
            await operations.AddAsync(sender, new(recipient.Person, recipient.Key, email.Template), token));

        var splits = 0;
        return await new BulkSender(clock)
        {
            BeginUntil = beginUntil,
            Splitting = async (first, second) =>
            {
                var (left, right) = ($"{call.Id}.{++splits}", $"{call.Id}.{++splits}");
                var halves = first.ToDictionary(one => one.Person, _ => left).Concat(second.ToDictionary(one => one.Person, _ => right)).ToDictionary();
                call.Rename(halves);
                var changes = call.People.Where(subscriber => halves.ContainsKey(subscriber.Person)).Select(subscriber => new ShardChange(subscriber, ETag.All)).ToList();
                await CommitRemainingAsync(work, work.PlaceOrNew, changes);
            },
        }.SendAsync(sender, email, CancellationToken.None);
    }

    private async Task<Step> MarkAsync(ShardWork work, List<(Subscriber Subscriber, SendOutcome Outcome)> outcomes, string cursorBefore, IEmailSender sender, bool isLast)
    {
        var now = clock.GetUtcNow();
        await ReportAsync(work, outcomes, sender, now);
        var marks = outcomes.Select(outcome => BatchMark.Of(outcome.Subscriber, outcome.Outcome, sender, work.RetryAt ?? now + RetryAfter.Default, now)).ToList();
        var isBack = marks.Exists(mark => mark.Last!.State == DeliveryState.Later);
        var place = work.PlaceOrNew;
        var settleAt = marks.Select(mark => mark.Last!.DueAt).Append(place.SettleAt).Min();
        var next = place with
        {
            Cursor = isBack ? cursorBefore : place.Cursor,
            LeaseUntil = null,
            SettleAt = settleAt,
            Counts = place.Counts + DigestCounts.Of(marks.Where(mark => mark.Last!.State != DeliveryState.Later).Select(mark => mark.Last!)),
            IsDone = isLast && !isBack && settleAt is null,
        };
        if (await CommitRemainingAsync(work, next, [.. marks.Select(mark => new ShardChange(mark, ETag.All))]) is { } lost) return lost;
        foreach (var mark in marks) EmailMetrics.Changed(mark.Last!.State, sender.Name, work.Issue.Key.DeliveryKey.Kind);
        if (isBack) return new Step.Reread();
        return marks.Exists(mark => mark.Last!.DueAt is not null) ? new Step.ComeBack(now + RetryAfter.Default) : new Step.GoOn();
    }

    /// <summary>Tells the circuits how the provider is.</summary>
    private async Task ReportAsync(ShardWork work, List<(Subscriber Subscriber, SendOutcome Outcome)> outcomes, IEmailSender sender, DateTimeOffset now)
    {
        var answered = outcomes.Select(outcome => outcome.Outcome).ToList();
        if (answered.Exists(outcome => outcome is SendOutcome.Accepted)) await control.SucceededAsync(sender, work.Snapshot, CancellationToken.None);
        if (answered.OfType<SendOutcome.Unknown>().FirstOrDefault() is { } unknown) Unanswered(logger, sender.Name, work.Issue.Key, unknown.Reason);
        switch (answered.FirstOrDefault(outcome => outcome is SendOutcome.RefusedForUs || (outcome is SendOutcome.Later && !BulkSender.IsOurs(outcome))))
        {
            case SendOutcome.Later(var retryAfter, var reason):
                await control.FailedAsync(sender, reason, retryAfter is null ? null : RetryAfter.Clamped(retryAfter), isForUs: false, CancellationToken.None);
                NotTaken(retryAfter);
                break;
            case SendOutcome.RefusedForUs(var reason):
                RefusedForUs(logger, sender.Name, reason);
                await control.FailedAsync(sender, reason, null, isForUs: true, CancellationToken.None);
                NotTaken(null);
                break;
        }

        void NotTaken(TimeSpan? retryAfter)
        {
            work.Asked.Add(sender);
            var at = now + RetryAfter.Clamped(retryAfter);
            work.RetryAt = work.RetryAt < at ? work.RetryAt : at;
        }
    }

    /// <summary>Whose row is gone (forgotten, erased) is left out: nothing can be written of them any more.</summary>
    private async Task<Step?> CommitRemainingAsync(ShardWork work, ShardPlace next, IReadOnlyList<ShardChange> changes)
    {
        while (await work.CommitAsync(shards, next, changes) is { } lost)
        {
            if (lost is not Step.Reread) return lost;
            var there = await shards.ListPeopleAsync(work.Shard, CancellationToken.None);
            changes = [.. changes.Where(change => there.Contains(change.Subscriber.Person))];
        }

        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "{Provider} gave no answer to a part of issue {Issue} of the digest: {Reason}")]
    private static partial void Unanswered(ILogger logger, string provider, IssueKey issue, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Provider} takes no mail of ours: {Reason}" + Trouble.ProviderDown)]
    private static partial void RefusedForUs(ILogger logger, string provider, string reason);
}
