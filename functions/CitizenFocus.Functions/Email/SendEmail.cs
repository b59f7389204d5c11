using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// Sends one e-mail once. The queue delivers a message at least once and the process may die anywhere; the ledger's row,
/// written before the provider is called, tells each later delivery what happened so far.
/// </summary>
internal sealed partial class SendEmail(
    SendLedger ledger,
    EmailQueue queue,
    [FromKeyedServices(EmailProviders.Pickup)] IEmailSender sender,
    IEnumerable<IEmailComposer> composers,
    TimeProvider clock,
    ILogger<SendEmail> logger) : IQueueFunction
{
    public const string FunctionName = "SendEmail";

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromMinutes(1);

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        var (person, key) = EmailQueue.Parse(message.Text);
        // What was skipped without an attempt is judged again where a message asks for it again: the state may have come back.
        var existing = await ledger.FindAsync(person, key, cancellationToken);
        switch (existing?.Value)
        {
            case { State: DeliveryState.Accepted or DeliveryState.Refused }:
            case { State: DeliveryState.Skipped, Attempt: > 0 }:
                return;

            case { State: DeliveryState.Sending, LeaseUntil: { } leaseUntil } when leaseUntil - clock.GetUtcNow() is { Ticks: > 0 } left:
                // Somebody is at it. A message of its own comes back later, so that waiting costs no dequeue count.
                await queue.EnqueueAsync(person, key, left + TimeSpan.FromSeconds(1), cancellationToken);
                return;

            case { State: DeliveryState.Sending or DeliveryState.Unknown } when sender.Settlement != UnknownSettlement.Repeat:
                await SettleUnknownAsync(existing, cancellationToken);
                return;
        }

        switch (await ComposerOf(key).ComposeAsync(person, key, cancellationToken))
        {
            case Composition.Ready(var email):
                await SendAsync(person, key, existing, email, cancellationToken);
                break;
            case Composition.Skip(var reason):
                await LeaveAsync(person, key, existing, reason, cancellationToken);
                break;
            case Composition.Nothing when existing is not null:
                await LeaveAsync(person, key, existing, "There is nobody to write to any more.", cancellationToken);
                break;
            case Composition.Nothing:
                break;
        }
    }

    private async Task SendAsync(
        PersonId person, DeliveryKey key, Stored<Delivery>? existing, EmailMessage email, CancellationToken cancellationToken)
    {
        if (await ledger.TryClaimAsync(person, key, existing, sender, cancellationToken) is not { } claim)
        {
            await queue.EnqueueAsync(person, key, sender.Lease, cancellationToken);
            return;
        }

        switch (await sender.SendAsync(new(person, key, email with { Kind = key.Kind }), cancellationToken))
        {
            case SendOutcome.Accepted(var providerId):
                await ledger.TrySettleAsync(claim, DeliveryState.Accepted, null, providerId, cancellationToken);
                break;

            case SendOutcome.Refused(var reason):
                Refused(logger, key.Kind, claim.Value.Attempt, reason);
                await ledger.TrySettleAsync(claim, DeliveryState.Refused, reason, null, cancellationToken);
                break;

            case SendOutcome.Later(var retryAfter, var reason):
                // The message first: a row that says "later" without one would wait for ever.
                await queue.EnqueueAsync(person, key, DelayOf(retryAfter), cancellationToken);
                await ledger.TrySettleAsync(claim, DeliveryState.Later, reason, null, cancellationToken);
                break;

            case SendOutcome.RefusedForUs(var reason):
                await queue.EnqueueAsync(person, key, DefaultRetryAfter, cancellationToken);
                await ledger.TrySettleAsync(claim, DeliveryState.Later, reason, null, cancellationToken);
                break;

            case SendOutcome.Unknown(var reason):
                Unanswered(logger, key.Kind, claim.Value.Attempt, reason);
                await queue.EnqueueAsync(person, key, sender.Lease, cancellationToken);
                await ledger.TrySettleAsync(claim, DeliveryState.Unknown, reason, null, cancellationToken);
                break;
        }
    }

    /// <summary>It is not sent now. Where a provider may have taken it before, the ledger must not say that it was not sent.</summary>
    private async Task LeaveAsync(PersonId person, DeliveryKey key, Stored<Delivery>? existing, string reason, CancellationToken cancellationToken)
    {
        if (existing is { Value.State: DeliveryState.Sending or DeliveryState.Unknown })
        {
            await ledger.TrySettleAsync(existing, DeliveryState.Unknown, $"An attempt got no answer, and there is no other: {reason}", null, cancellationToken);
            return;
        }

        await ledger.SkipAsync(person, key, existing, reason, cancellationToken);
    }

    /// <summary>What a provider asks for, as far as a queue can: 1 second to 7 days.</summary>
    private static TimeSpan DelayOf(TimeSpan? retryAfter) =>
        TimeSpan.FromTicks(Math.Clamp((retryAfter ?? DefaultRetryAfter).Ticks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerDay * 7));

    /// <summary>With a provider that cannot be asked twice, silence is not taken for failure: the mail is not sent again.</summary>
    private async Task SettleUnknownAsync(Stored<Delivery> delivery, CancellationToken cancellationToken)
    {
        if (delivery.Value.State == DeliveryState.Unknown) return;
        await ledger.TrySettleAsync(delivery, DeliveryState.Unknown, "The sender stopped before it knew the provider's answer.", null, cancellationToken);
    }

    private IEmailComposer ComposerOf(DeliveryKey key) =>
        composers.FirstOrDefault(composer => composer.Kinds.Contains(key.Kind))
        ?? throw new InvalidOperationException($"No feature composes e-mails of the kind '{key.Kind}'.");

    [LoggerMessage(1, LogLevel.Warning, "The provider refused a {Kind} e-mail at attempt {Attempt}: {Reason}")]
    private static partial void Refused(ILogger logger, string kind, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Warning, "No answer to a {Kind} e-mail at attempt {Attempt}: {Reason}")]
    private static partial void Unanswered(ILogger logger, string kind, int attempt, string reason);
}
