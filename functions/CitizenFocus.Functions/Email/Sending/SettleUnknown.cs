using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>
/// Decides about an attempt that got no answer, be it that the provider gave none or that the process died: what each
/// provider's sender says of that (<see cref="UnknownSettlement"/>). The decision stands in the row.
/// </summary>
internal sealed partial class SettleUnknown(
    SendLedger ledger, EmailQueue queue, SendingControl control, IEnumerable<IEmailComposer> composers, TimeProvider clock, ILogger<SettleUnknown> logger)
{
    /// <summary>Each may have been a mail: after so many, a provider that never answers is no reason for one more.</summary>
    private const int MostDoubtful = 3;

    /// <summary>Each was waited for until its deadline.</summary>
    public const int MostUnreported = 6;

    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <param name="existing">A row whose lease is over, or that is <see cref="DeliveryState.Unknown"/> and yet to be settled.</param>
    public async Task<Settlement> SettleAsync(DueEmail due, Stored<Delivery> existing, CancellationToken cancellationToken)
    {
        // Who died while sending did not count that.
        if (existing.Value is { State: DeliveryState.Sending } died) existing = existing with { Value = died with { Unanswered = died.Unanswered + 1 } };
        var row = existing.Value;
        if (row.Report is not null) return await AcceptAsync(existing, row.ProviderId, "A delivery report showed that it was accepted.", cancellationToken);
        if (control.Find(row.Provider) is not { } sender) return await LeaveAsync(existing, "Its provider is not in the settings any more.", cancellationToken);

        return sender.Settlement switch
        {
            UnknownSettlement.Repeat => new Settlement.SendAgain(existing, sender, "Sent again: under one id it is the same mail.", IsDoubtful: true),
            UnknownSettlement.AskThenRepeat => await AskAsync(due, existing, sender, cancellationToken),
            UnknownSettlement.AwaitReport => await AwaitReportAsync(due, existing, sender, cancellationToken),
            UnknownSettlement.ByClass when IsBulk(due.Key) => await LeaveAsync(existing, "Bulk mail is not sent twice on a doubt.", cancellationToken),
            UnknownSettlement.ByClass when row.Unanswered >= MostDoubtful => await LeaveAsync(existing, $"{row.Unanswered} attempts got no answer.", cancellationToken),
            UnknownSettlement.ByClass => new Settlement.SendAgain(existing, null, "Sent again, at the risk of a double: it is transactional, and its provider cannot be asked.", IsDoubtful: true),
            _ => throw new InvalidOperationException("No such settlement."),
        };
    }

    private async Task<Settlement> AskAsync(DueEmail due, Stored<Delivery> existing, IEmailSender sender, CancellationToken cancellationToken)
    {
        switch (await sender.AskAsync(due.Key.DeliveryIdFor(due.Person), cancellationToken))
        {
            case null:
                return new Settlement.SendAgain(existing, sender, "Sent again under the same operation id: the provider knew of no such operation.", IsDoubtful: false);

            case SendOutcome.Accepted(var providerId):
                return await AcceptAsync(existing, providerId, "The provider was asked, and has it.", cancellationToken);

            case SendOutcome.Refused(var reason):
                await ledger.TrySettleAsync(existing, row => row with { State = DeliveryState.Refused, Reason = reason, Decision = "The provider was asked, and refused it." }, cancellationToken);
                return new Settlement.Done();

            default:
                await WaitAsync(due, existing, clock.GetUtcNow() + AskAgain, cancellationToken);
                return new Settlement.Done();
        }
    }

    private async Task<Settlement> AwaitReportAsync(DueEmail due, Stored<Delivery> existing, IEmailSender sender, CancellationToken cancellationToken)
    {
        var row = existing.Value;
        var deadline = row.State == DeliveryState.Unknown && row.DueAt is { } known ? known : (row.LeaseUntil ?? row.UpdatedAt) + sender.ReportDeadline;
        if (deadline <= clock.GetUtcNow() && row.Unanswered >= MostUnreported) return await LeaveAsync(existing, $"{row.Unanswered} attempts got neither an answer nor a report.", cancellationToken);
        if (deadline <= clock.GetUtcNow()) return new Settlement.SendAgain(existing, null, "Sent again: no delivery report came by the deadline, so the call was not accepted.", IsDoubtful: false);

        await WaitAsync(due, existing, deadline, cancellationToken);
        return new Settlement.Done();
    }

    /// <summary>The message first: it is the alarm.</summary>
    private async Task WaitAsync(DueEmail due, Stored<Delivery> existing, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await queue.EnqueueAsync(due, until - clock.GetUtcNow(), cancellationToken);
        var row = existing.Value;
        if (row.State == DeliveryState.Unknown && row.DueAt == until) return;
        await ledger.TrySettleAsync(existing, unsettled => unsettled with { State = DeliveryState.Unknown, Unanswered = row.Unanswered, Reason = unsettled.Reason ?? Died, DueAt = until }, cancellationToken);
    }

    private async Task<Settlement> AcceptAsync(Stored<Delivery> existing, string? providerId, string decision, CancellationToken cancellationToken)
    {
        await ledger.TrySettleAsync(existing, row => row with { State = DeliveryState.Accepted, ProviderId = providerId ?? row.ProviderId, Reason = null, Decision = decision }, cancellationToken);
        return new Settlement.Done();
    }

    private async Task<Settlement> LeaveAsync(Stored<Delivery> existing, string why, CancellationToken cancellationToken)
    {
        Left(logger, existing.Value.Key.Kind, existing.Value.Attempt, why);
        await ledger.TrySettleAsync(existing, row => row with { State = DeliveryState.Unknown, Reason = row.Reason ?? Died, Decision = "Left: " + why }, cancellationToken);
        return new Settlement.Done();
    }

    public const string Died = "The sender stopped before it knew the provider's answer.";

    private bool IsBulk(DeliveryKey key) => composers.Any(composer => composer.BulkKinds.Contains(key.Kind));

    [LoggerMessage(1, LogLevel.Warning, "No answer came to a {Kind} e-mail at attempt {Attempt}, and it is left: {Reason}" + Trouble.EmailFailed)]
    private static partial void Left(ILogger logger, string kind, int attempt, string reason);
}

/// <summary>What was decided about an attempt without an answer.</summary>
internal abstract record Settlement
{
    private Settlement()
    {
    }

    /// <summary>Nothing is left to do now.</summary>
    internal sealed record Done : Settlement;

    /// <param name="With">The only one that may send it; <see langword="null"/>: any.</param>
    /// <param name="Decision">For the row.</param>
    /// <param name="IsDoubtful">The attempt without an answer may have been a mail: whatever becomes of the next, it is not known to be unsent.</param>
    internal sealed record SendAgain(Stored<Delivery> Row, IEmailSender? With, string Decision, bool IsDoubtful) : Settlement;
}
