using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>
/// Sends one e-mail once. The queue delivers a message at least once and the process may die anywhere; the ledger's row,
/// written before the provider is called, tells each later delivery what happened so far.
/// </summary>
internal sealed class SendEmail(
    SendLedger ledger,
    EmailQueue queue,
    SendingControl control,
    SettleUnknown settle,
    HandOver handOver,
    RecipientRules rules,
    IEnumerable<IEmailComposer> composers,
    TimeProvider clock) : IQueueFunction
{
    public const string FunctionName = "SendEmail";

    /// <summary>How often messages look whether sending goes on.</summary>
    private static readonly TimeSpan PauseCheck = TimeSpan.FromMinutes(1);

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        var due = DueEmail.Parse(message.Text);
        var (person, key) = (due.Person, due.Key);
        var existing = await ledger.FindAsync(person, key, cancellationToken);
        var now = clock.GetUtcNow();
        switch (existing?.Value)
        {
            case { IsSettled: true }:
                return;

            // Somebody is at it. A message of its own comes back later, so that waiting costs no dequeue count.
            case { State: DeliveryState.Sending, LeaseUntil: { } leaseUntil } when leaseUntil > now:
                await queue.EnqueueAsync(due, leaseUntil - now + TimeSpan.FromSeconds(1), cancellationToken);
                return;
        }

        if (due.TurnAt > now)
        {
            await queue.EnqueueAsync(due, due.TurnAt.Value - now, cancellationToken);
            return;
        }

        var snapshot = await control.ReadAsync(cancellationToken);
        if (snapshot.Pause is not null)
        {
            await queue.EnqueueAsync(due, PauseCheck, cancellationToken);
            return;
        }

        Settlement? settlement = null;
        if (existing?.Value.State is DeliveryState.Sending or DeliveryState.Unknown)
        {
            settlement = await settle.SettleAsync(due, existing, cancellationToken);
            if (settlement is not Settlement.SendAgain again) return;
            existing = again.Row;
        }

        switch (await ComposeAsync(due, cancellationToken))
        {
            case Composition.Ready(var email):
                await handOver.RunAsync(due, existing, settlement as Settlement.SendAgain, email, snapshot, cancellationToken);
                break;
            case Composition.Skip(var reason):
                await LeaveAsync(due, existing, reason, cancellationToken);
                break;
            case Composition.Nothing when existing is not null:
                await LeaveAsync(due, existing, "There is nobody to write to any more.", cancellationToken);
                break;
            case Composition.Nothing:
                break;
        }
    }

    private async Task<Composition> ComposeAsync(DueEmail due, CancellationToken cancellationToken)
    {
        var composition = await ComposerOf(due.Key).ComposeAsync(due.Person, due.Key, cancellationToken);
        if (composition is not Composition.Ready(var email)) return composition;
        return await rules.WhyNotAsync(due.Person, email, cancellationToken) is { } reason
            ? new Composition.Skip(reason)
            : new Composition.Ready(email with { Kind = due.Key.Kind });
    }

    /// <summary>It is not sent now. Where a provider may have taken it before, the ledger must not say that it was not sent.</summary>
    private async Task LeaveAsync(DueEmail due, Stored<Delivery>? existing, string reason, CancellationToken cancellationToken)
    {
        if (existing is { Value.State: DeliveryState.Sending or DeliveryState.Unknown })
        {
            await ledger.TrySettleAsync(
                existing,
                row => row with { State = DeliveryState.Unknown, Decision = $"Left: an attempt got no answer, and there is no other: {reason}" },
                cancellationToken);
            return;
        }

        await ledger.TryNoteAsync(due.Person, due.Key, existing, DeliveryState.Skipped, reason, null, cancellationToken);
    }

    private IEmailComposer ComposerOf(DeliveryKey key) =>
        composers.FirstOrDefault(composer => composer.Kinds.Contains(key.Kind))
        ?? throw new InvalidOperationException($"No feature composes e-mails of the kind '{key.Kind}'.");
}
