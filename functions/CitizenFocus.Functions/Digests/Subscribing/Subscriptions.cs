using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>What subscribers decide: to begin, to want something else, to leave, to come back after all.</summary>
internal sealed class Subscriptions(SubscriberStore subscribers, UnconfirmedStore unconfirmed, DigestStates states, Suppressions suppressions, TimeProvider clock)
{
    public const int MaxReasonLength = 500;

    /// <summary>How long who left can undo that; then the address is forgotten.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromDays(30);

    /// <summary>
    /// A second time it changes nothing. The subscriber's row comes first: who dies before the other is deleted leaves one
    /// that the next click confirms again.
    /// </summary>
    /// <returns><see langword="null"/> where the person did not ask, or was forgotten.</returns>
    public Task<Subscriber?> ConfirmAsync(PersonId person, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        var found = await subscribers.FindAsync(person, cancellationToken);
        if (await unconfirmed.FindAsync(person, cancellationToken) is not { } asked) return found is { Value: { IsActive: true } active } ? active : null;

        // Who asks for mail, and confirms it, has changed their mind since they left.
        await suppressions.RemoveAsync(person, SuppressionCause.Unsubscribed, cancellationToken);
        var confirmed = await ConfirmedAsync(asked, found?.Value, cancellationToken);
        await subscribers.PutAsync(confirmed, found?.ETag, cancellationToken);
        await unconfirmed.RemoveAsync(person, cancellationToken);
        return confirmed;
    });

    /// <returns><see langword="false"/> where the person is no subscriber.</returns>
    public Task<bool> ChangeAsync(PersonId person, SubscriptionWish wish, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        if (await subscribers.FindAsync(person, cancellationToken) is not { Value.IsActive: true } found) return false;
        await subscribers.ChangeWishAsync(person, wish, found.ETag, cancellationToken);
        return true;
    });

    /// <param name="reason">In the person's own words; <see langword="null"/>: none was given, and one given before stays.</param>
    public Task LeaveAsync(PersonId person, string? reason, CancellationToken cancellationToken) => subscribers.LeaveAsync(person, clock.GetUtcNow(), reason, cancellationToken);

    /// <returns><see langword="false"/> where there is nothing to undo any more.</returns>
    public Task<bool> UndoAsync(PersonId person, CancellationToken cancellationToken) => subscribers.ReturnAsync(person, cancellationToken);

    private async Task<Subscriber> ConfirmedAsync(UnconfirmedSubscription asked, Subscriber? before, CancellationToken cancellationToken)
    {
        var confirmed = new Subscriber
        {
            Person = asked.Person,
            Email = asked.Email,
            Wish = asked.Wish,
            IsActive = true,
            ConfirmedAt = before is { IsActive: true } ? before.ConfirmedAt : clock.GetUtcNow(),
            CoveredUntil = before?.CoveredUntil ?? 0,
        };
        if (before is { IsActive: true }) return confirmed;

        // Whoever begins gets the whole of the next issue, and nothing of those before.
        var state = await states.GetAsync(cancellationToken);
        return confirmed with { CoveredUntil = Math.Max(confirmed.CoveredUntil, state.Value.Of(asked.Wish.Cadence).UpTo) };
    }
}
