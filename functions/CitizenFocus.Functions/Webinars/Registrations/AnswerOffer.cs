using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// A person says that they want the seat: one that is offered is theirs; who let an offer pass stands in the line again,
/// at their old place, and gets the next seat without being asked once more.
/// </summary>
internal sealed class AnswerOffer(RegistrationStore registrations, Announcements announcements, TimeProvider clock)
{
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>The seat is theirs, now or since before.</summary>
        internal sealed record Seated(Registration Registration) : Outcome;

        /// <summary>They are next.</summary>
        internal sealed record InLine(Registration Registration) : Outcome;

        /// <summary>There was no offer, or nothing to answer any more.</summary>
        internal sealed record NothingToAnswer(Registration Registration) : Outcome;

        /// <summary>The webinar was cancelled, or is over.</summary>
        internal sealed record NotOpen : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, PersonId person, CancellationToken cancellationToken)
    {
        if (!webinar.IsRunning(Instant.FromDateTimeOffset(clock.GetUtcNow()))) return new Outcome.NotOpen();

        var operationId = Guid.NewGuid().ToString("N");
        return await announcements.AroundAsync(
            webinar.Slug, () => OptimisticRetry.RunAsync(() => TryAnswerAsync(webinar.Slug, person, operationId, cancellationToken)), cancellationToken);
    }

    private async Task<Outcome> TryAnswerAsync(WebinarSlug webinar, PersonId person, string operationId, CancellationToken cancellationToken)
    {
        var seats = await registrations.FindSeatsAsync(webinar, cancellationToken);
        if (seats is { Value.Status: not WebinarStatus.Published }) return new Outcome.NotOpen();
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();

        switch (found.Value)
        {
            case { Status: RegistrationStatus.Confirmed }:
                return new Outcome.Seated(found.Value);

            case { Status: RegistrationStatus.Waiting } waiting when waiting.OperationId == operationId:
                return new Outcome.InLine(waiting);

            // Late by the clock is still in time while the seat is kept.
            case { Status: RegistrationStatus.Offered, OfferedUntil: { } until } offered when seats is not null:
                var seated = offered with
                {
                    Status = RegistrationStatus.Confirmed,
                    Place = null,
                    OfferedUntil = null,
                    ToldAt = clock.GetUtcNow(),
                    ToldRevision = seats.Value.Revision,
                    ToldBefore = seats.Value.Revision,
                    OperationId = operationId,
                };
                await new SeatChange(webinar, person)
                    .Replace(seated, found.ETag)
                    .Delete(RowKeys.Offer(until, person))
                    .Count(seats.Value with { Offered = seats.Value.Offered - 1, Confirmed = seats.Value.Confirmed + 1 }, seats.ETag)
                    .Tell(WebinarDeliveries.Confirmation(webinar, seated.Sequence))
                    .CommitAsync(registrations, cancellationToken);
                return new Outcome.Seated(seated);

            case { Status: RegistrationStatus.Dormant, Place: { } place } dormant when seats is not null:
                var inLine = dormant with { Status = RegistrationStatus.Waiting, Sequence = dormant.Sequence + 1, OperationId = operationId };
                await new SeatChange(webinar, person)
                    .Replace(inLine, found.ETag)
                    .Add(RowMapping.InLine(webinar, RowKeys.Place(place, person), inLine.Sequence, isFavoured: true))
                    .Count(seats.Value with { Waiting = seats.Value.Waiting + 1 }, seats.ETag)
                    .CommitAsync(registrations, cancellationToken);
                return new Outcome.InLine(inLine);

            default:
                return new Outcome.NothingToAnswer(found.Value);
        }
    }
}
