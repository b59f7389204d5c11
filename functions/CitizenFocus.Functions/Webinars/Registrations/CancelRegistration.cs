using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// A person gives up a seat or a place in line. The seat is kept for an undo as <c>h</c>, so that it goes to the next one
/// only when the undo's time is over; of an offer and of a wait it is the place in line that is kept.
/// </summary>
internal sealed class CancelRegistration(
    RegistrationStore registrations, Announcements announcements, WebinarOptions options, TimeProvider clock)
{
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        internal sealed record Cancelled(Registration Registration) : Outcome;

        /// <summary>Nothing to give up: cancelled before, or never decided in their favour.</summary>
        internal sealed record Already(Registration Registration) : Outcome;

        /// <summary>The webinar is over.</summary>
        internal sealed record Over : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, PersonId person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (webinar.EndInstant <= Instant.FromDateTimeOffset(now)) return new Outcome.Over();

        var operationId = Guid.NewGuid().ToString("N");
        await announcements.AnnounceAsync(webinar.Slug, options.UndoPeriod + Announcements.Delay, cancellationToken);
        return await announcements.AroundAsync(
            webinar.Slug, () => OptimisticRetry.RunAsync(() => TryCancelAsync(webinar.Slug, person, now, operationId, cancellationToken)), cancellationToken);
    }

    private async Task<Outcome> TryCancelAsync(WebinarSlug webinar, PersonId person, DateTimeOffset now, string operationId, CancellationToken cancellationToken)
    {
        // The seats first: a decision that comes between the two reads fails the commit, which then sees it.
        var seats = await registrations.FindSeatsAsync(webinar, cancellationToken);
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();
        var before = found.Value;
        if (before.OperationId == operationId) return new Outcome.Cancelled(before);
        if (before.Status is RegistrationStatus.Cancelled or RegistrationStatus.Closed or RegistrationStatus.Declined) return new Outcome.Already(before);

        var keepsNothing = before.Status == RegistrationStatus.Requested;
        var cancelled = before with
        {
            Status = RegistrationStatus.Cancelled,
            Sequence = before.Sequence + 1,
            OperationId = operationId,
            GaveUp = before.Status,
            OfferedUntil = null,
            UndoUntil = keepsNothing ? null : now + options.UndoPeriod,
        };
        var change = new SeatChange(webinar, person).Replace(cancelled, found.ETag);
        switch (before.Status)
        {
            case RegistrationStatus.Requested:
                change.Delete(RowKeys.Request(before.RequestedAt.UtcTicks, person));
                break;

            case RegistrationStatus.Waiting:
                change.Delete(RowKeys.Place(before.Place!.Value, person));
                Count(s => s with { Waiting = s.Waiting - 1 });
                break;

            case RegistrationStatus.Offered:
                change.Delete(RowKeys.Offer(before.OfferedUntil!.Value, person));
                Count(s => s with { Offered = s.Offered - 1 });
                break;

            case RegistrationStatus.Confirmed:
                change.Add(RegistrationMapping.KeyOnly(webinar, RowKeys.Hold(cancelled.UndoUntil!.Value, person)));
                Count(s => s with { Confirmed = s.Confirmed - 1, Held = s.Held + 1 });
                break;
        }

        if (!keepsNothing) change.Tell(WebinarDeliveries.Cancelled(webinar, cancelled.Sequence));
        await change.CommitAsync(registrations, cancellationToken);
        return new Outcome.Cancelled(cancelled);

        void Count(Func<Seats, Seats> next)
        {
            var counted = seats ?? throw new InvalidDataException("A decided registration without counted seats.");
            change.Count(next(counted.Value), counted.ETag);
        }
    }
}
