using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>Lets an organiser send again what ended without being sent, or nobody knows.</summary>
internal sealed class Resend(SendLedger ledger, EmailQueue queue)
{
    // The row says "later" before the message is seen, or the message would find it ended.
    private static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(5);

    public async Task<ResendOutcome> RunAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(person, key, cancellationToken) is not { } found) return ResendOutcome.Missing;

        // Later as well: an organiser who tries again after a fault between the two steps below.
        if (found.Value is not ({ State: DeliveryState.Failed or DeliveryState.Refused or DeliveryState.Skipped or DeliveryState.Later } or { State: DeliveryState.Unknown, IsSettled: true }))
        {
            return ResendOutcome.NotEnded;
        }

        await queue.EnqueueAsync(person, key, CommitTime, cancellationToken);
        var again = await ledger.TrySettleAsync(
            found, row => row with { State = DeliveryState.Later, Reason = "An organiser asked for it again.", Unanswered = 0 }, cancellationToken);
        return again is null ? ResendOutcome.NotEnded : ResendOutcome.Queued;
    }
}

internal enum ResendOutcome
{
    Queued,
    Missing,
    NotEnded,
}
