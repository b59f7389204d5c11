using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>
/// Hands one e-mail to the first provider that takes it. Only where one certainly did not, and another may (no connection,
/// too much at once, nothing from us at all), the next is asked.
/// </summary>
internal sealed partial class HandOver(
    SendLedger ledger, EmailQueue queue, SendingControl control, SendingQuota quota, OperationIndex operations, TimeProvider clock, ILogger<HandOver> logger)
{
    /// <summary>How the reason of what waits for a provider's limits ends.</summary>
    public const string LimitsAreUsedUp = "whose limits are used up.";

    /// <param name="existing">The row to take over; <see langword="null"/> where there is none.</param>
    /// <param name="again">What was decided of an attempt without an answer, where there was one.</param>
    public async Task RunAsync(
        DueEmail due, Stored<Delivery>? existing, Settlement.SendAgain? again, EmailMessage email, SendingSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (row, asked) = (existing, new List<IEmailSender>());
        var retryAt = DateTimeOffset.MaxValue;

        // An attempt without an answer may only be repeated with the same provider where that knows it for the same mail.
        while (await control.ChooseAsync(again?.With, snapshot, asked, cancellationToken) is { } sender)
        {
            if (await quota.TakeAsync(sender, email.IsBulk, 1, due.TurnAt is not null, cancellationToken) is QuotaAnswer.WaitUntil(var turn))
            {
                await WaitAsync(due with { TurnAt = turn }, row, asked.Count > 0, $"Waits for {sender.Name}, {LimitsAreUsedUp}", turn, cancellationToken);
                return;
            }

            if (await ledger.TryClaimAsync(due.Person, due.Key, row, sender, again?.Decision, cancellationToken) is not { } claim)
            {
                // Somebody else was first. Should they die, this message finds what they left.
                await queue.EnqueueAsync(due, sender.Lease, cancellationToken);
                return;
            }

            var outgoing = new OutgoingEmail(due.Person, due.Key, email);
            await operations.AddAsync(sender, outgoing, cancellationToken);
            switch (await EmailMetrics.CallAsync(sender, due.Key.Kind, 1, () => sender.SendAsync(outgoing, cancellationToken)))
            {
                case SendOutcome.Accepted(var providerId):
                    await ledger.TrySettleAsync(claim, settled => settled with { State = DeliveryState.Accepted, Reason = null, ProviderId = providerId }, cancellationToken);
                    await control.SucceededAsync(sender, snapshot, cancellationToken);
                    return;

                case SendOutcome.Refused(var reason):
                    Refused(logger, sender.Name, due.Key.Kind, claim.Value.Attempt, reason);
                    await ledger.TrySettleAsync(claim, settled => settled with { State = DeliveryState.Refused, Reason = reason }, cancellationToken);
                    return;

                case SendOutcome.Unknown(var reason):
                    await UnknownAsync(due, claim, sender, reason, cancellationToken);
                    return;

                case SendOutcome.Later(var retryAfter, var reason):
                    await control.FailedAsync(sender, reason, retryAfter is null ? null : RetryAfter.Clamped(retryAfter), isForUs: false, cancellationToken);
                    retryAt = Earlier(retryAt, clock.GetUtcNow() + RetryAfter.Clamped(retryAfter));
                    row = await NotTakenAsync(claim, again, reason, cancellationToken);
                    break;

                case SendOutcome.RefusedForUs(var reason):
                    RefusedForUs(logger, sender.Name, reason);
                    await control.FailedAsync(sender, reason, null, isForUs: true, cancellationToken);
                    retryAt = Earlier(retryAt, clock.GetUtcNow() + RetryAfter.Default);
                    row = await NotTakenAsync(claim, again, reason, cancellationToken);
                    break;
            }

            if (row is null) return;
            asked.Add(sender);
        }

        if (retryAt == DateTimeOffset.MaxValue) retryAt = control.NextChance(snapshot);
        await WaitAsync(due with { TurnAt = null }, row, asked.Count > 0, "Waits, since no provider can be asked now.", retryAt, cancellationToken);
    }

    /// <summary>This attempt was not taken; where an earlier one may have been, that stays so.</summary>
    /// <returns><see langword="null"/> where somebody else has taken over.</returns>
    private Task<Stored<Delivery>?> NotTakenAsync(Stored<Delivery> claim, Settlement.SendAgain? again, string reason, CancellationToken cancellationToken)
    {
        var state = again is { IsDoubtful: true } ? DeliveryState.Unknown : DeliveryState.Later;
        return ledger.TrySettleAsync(claim, settled => settled with { State = state, Reason = reason, DueAt = clock.GetUtcNow() }, cancellationToken);
    }

    /// <summary>The message first: a row that waits without one would wait for ever.</summary>
    private async Task WaitAsync(DueEmail due, Stored<Delivery>? row, bool hasReason, string reason, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await queue.EnqueueAsync(due, until - clock.GetUtcNow(), cancellationToken);

        // A row whose attempt got no answer keeps saying so.
        if (row is { Value.State: DeliveryState.Sending or DeliveryState.Unknown }) return;
        await ledger.TryNoteAsync(due.Person, due.Key, row, DeliveryState.Later, hasReason ? row!.Value.Reason! : reason, until, cancellationToken);
    }

    private async Task UnknownAsync(DueEmail due, Stored<Delivery> claim, IEmailSender sender, string reason, CancellationToken cancellationToken)
    {
        Unanswered(logger, sender.Name, due.Key.Kind, claim.Value.Attempt, reason);
        var settleAt = clock.GetUtcNow() + (sender.Settlement == UnknownSettlement.AwaitReport ? sender.ReportDeadline : sender.Lease);
        await queue.EnqueueAsync(due with { TurnAt = null }, settleAt - clock.GetUtcNow(), cancellationToken);
        await ledger.TrySettleAsync(claim, settled => settled with { State = DeliveryState.Unknown, Unanswered = settled.Unanswered + 1, Reason = reason, DueAt = settleAt }, cancellationToken);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    [LoggerMessage(1, LogLevel.Warning, "{Provider} refused a {Kind} e-mail at attempt {Attempt}: {Reason}" + Trouble.EmailFailed)]
    private static partial void Refused(ILogger logger, string provider, string kind, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Provider} gave no answer to a {Kind} e-mail at attempt {Attempt}: {Reason}")]
    private static partial void Unanswered(ILogger logger, string provider, string kind, int attempt, string reason);

    [LoggerMessage(3, LogLevel.Error, "{Provider} takes no mail of ours: {Reason}" + Trouble.ProviderDown)]
    private static partial void RefusedForUs(ILogger logger, string provider, string reason);
}
