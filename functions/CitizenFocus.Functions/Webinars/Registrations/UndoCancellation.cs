using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>Takes a cancellation back while the seat, or the place in line, is still kept.</summary>
internal sealed class UndoCancellation(RegistrationStore registrations, Announcements announcements, TimeProvider clock)
{
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        internal sealed record Restored(Registration Registration) : Outcome;

        /// <summary>What was given up is no longer kept, or nothing was.</summary>
        internal sealed record TooLate(Registration Registration) : Outcome;

        /// <summary>The webinar was cancelled, or is over: there is no seat to give back.</summary>
        internal sealed record NotOpen : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, PersonId person, CancellationToken cancellationToken)
    {
        if (!webinar.IsRunning(Instant.FromDateTimeOffset(clock.GetUtcNow()))) return new Outcome.NotOpen();

        var operationId = Guid.NewGuid().ToString("N");
        return await announcements.AroundAsync(
            webinar.Slug, () => OptimisticRetry.RunAsync(() => TryRestoreAsync(webinar.Slug, person, operationId, cancellationToken)), cancellationToken);
    }

    private async Task<Outcome> TryRestoreAsync(WebinarSlug webinar, PersonId person, string operationId, CancellationToken cancellationToken)
    {
        if (await registrations.FindSeatsAsync(webinar, cancellationToken) is not { } seats) return new Outcome.NotFound();

        // By the copy that the commit below holds on to: a cancellation that was taken over has passed this person by.
        if (seats.Value.Status != WebinarStatus.Published) return new Outcome.NotOpen();
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();
        if (found.Value.OperationId == operationId) return new Outcome.Restored(found.Value);
        var now = clock.GetUtcNow();
        if (found.Value is not { Status: RegistrationStatus.Cancelled, UndoUntil: { } until } || until <= now)
        {
            return new Outcome.TooLate(found.Value);
        }

        var restored = found.Value with { Sequence = found.Value.Sequence + 1, UndoUntil = null, GaveUp = null, OperationId = operationId };

        // Neither in line nor seated: what it waits for is an answer, of an organiser or of the person.
        if (found.Value.GaveUp is RegistrationStatus.Pending or RegistrationStatus.Dormant)
        {
            restored = restored with { Status = found.Value.GaveUp.Value };
            await new SeatChange(webinar, person).Replace(restored, found.ETag).Count(seats.Value, seats.ETag).CommitAsync(registrations, cancellationToken);
            return new Outcome.Restored(restored);
        }

        // Who still stands at a place in line gave up that place; a seat leaves a hold.
        if (restored.Place is { } place)
        {
            restored = restored with { Status = RegistrationStatus.Waiting };
            await new SeatChange(webinar, person)
                .Replace(restored, found.ETag)
                .Add(RowMapping.InLine(webinar, RowKeys.Place(place, person), restored.Sequence))
                .Count(seats.Value with { Waiting = seats.Value.Waiting + 1 }, seats.ETag)
                .Tell(WebinarDeliveries.Waiting(webinar, restored.Sequence))
                .CommitAsync(registrations, cancellationToken);
            return new Outcome.Restored(restored);
        }

        // A process whose clock is ahead may have given the seat away: no conflict that trying again would solve.
        if (!await registrations.ExistsAsync(webinar, RowKeys.Hold(until, person), cancellationToken)) return new Outcome.TooLate(found.Value);

        restored = restored with { Status = RegistrationStatus.Confirmed, ToldAt = now, ToldRevision = seats.Value.Revision, ToldBefore = seats.Value.Revision };
        await new SeatChange(webinar, person)
            .Replace(restored, found.ETag)
            .Delete(RowKeys.Hold(until, person))
            .Count(seats.Value with { Confirmed = seats.Value.Confirmed + 1, Held = seats.Value.Held - 1 }, seats.ETag)
            .Tell(WebinarDeliveries.Confirmation(webinar, restored.Sequence))
            .CommitAsync(registrations, cancellationToken);
        return new Outcome.Restored(restored);
    }
}
