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
        if (!webinar.AcceptsRegistrations(Instant.FromDateTimeOffset(clock.GetUtcNow()))) return new Outcome.NotOpen();

        var operationId = Guid.NewGuid().ToString("N");
        return await announcements.AroundAsync(
            webinar.Slug, () => OptimisticRetry.RunAsync(() => TryRestoreAsync(webinar.Slug, person, operationId, cancellationToken)), cancellationToken);
    }

    private async Task<Outcome> TryRestoreAsync(WebinarSlug webinar, PersonId person, string operationId, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();
        if (found.Value.OperationId == operationId) return new Outcome.Restored(found.Value);
        if (found.Value is not { Status: RegistrationStatus.Cancelled, UndoUntil: { } until } || until <= clock.GetUtcNow())
        {
            return new Outcome.TooLate(found.Value);
        }

        if (await registrations.FindSeatsAsync(webinar, cancellationToken) is not { } seats) return new Outcome.TooLate(found.Value);

        // Who still stands at a place in line gave up that place; a seat leaves a hold.
        var waited = found.Value.Place is not null;

        // A process whose clock is ahead may have given the seat away: no conflict that trying again would solve.
        if (!waited && !await registrations.ExistsAsync(webinar, RowKeys.Hold(until, person), cancellationToken)) return new Outcome.TooLate(found.Value);

        var restored = found.Value with
        {
            Status = waited ? RegistrationStatus.Waiting : RegistrationStatus.Confirmed,
            Sequence = found.Value.Sequence + 1,
            UndoUntil = null,
            OperationId = operationId,
        };
        var (kept, counted, told) = waited
            ? (new TableTransactionAction(TableTransactionActionType.Add, RegistrationMapping.InLine(webinar, RowKeys.Place(found.Value.Place!.Value, person), restored.Sequence)),
                seats.Value with { Waiting = seats.Value.Waiting + 1 },
                WebinarDeliveries.Waiting(webinar, restored.Sequence))
            : (new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(webinar.Value, RowKeys.Hold(until, person)), ETag.All),
                seats.Value with { Confirmed = seats.Value.Confirmed + 1, Held = seats.Value.Held - 1 },
                WebinarDeliveries.Confirmation(webinar, restored.Sequence));
        await registrations.CommitAsync(
            [
                new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(restored), found.ETag),
                kept,
                new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(webinar, counted), seats.ETag),
                new(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(webinar, RowKeys.Outgoing(person, told))),
            ],
            cancellationToken);
        return new Outcome.Restored(restored);
    }
}
