using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// A person gives up a seat or a place in line. The seat is kept for an undo as <c>h</c>, so that it goes to the next one
/// only when the undo's time is over.
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
        return await announcements.AroundAsync(webinar.Slug, () => OptimisticRetry.RunAsync<Outcome>(async () =>
        {
            if (await registrations.FindAsync(webinar.Slug, person, cancellationToken) is not { } found) return new Outcome.NotFound();
            if (found.Value.OperationId == operationId) return new Outcome.Cancelled(found.Value);

            var cancelled = found.Value with
            {
                Status = RegistrationStatus.Cancelled,
                Sequence = found.Value.Sequence + 1,
                OperationId = operationId,
                UndoUntil = found.Value.Status == RegistrationStatus.Requested ? null : now + options.UndoPeriod,
            };
            List<TableTransactionAction> actions =
                [new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(cancelled), found.ETag)];
            switch (found.Value.Status)
            {
                case RegistrationStatus.Cancelled or RegistrationStatus.Closed:
                    return new Outcome.Already(found.Value);

                case RegistrationStatus.Requested:
                    actions.Add(Delete(RowKeys.Request(found.Value.RequestedAt.UtcTicks, person)));
                    break;

                case RegistrationStatus.Waiting:
                    actions.Add(Delete(RowKeys.Place(found.Value.Place!.Value, person)));
                    actions.Add(await CountAsync(webinar.Slug, s => s with { Waiting = s.Waiting - 1 }, cancellationToken));
                    actions.Add(Tell());
                    break;

                case RegistrationStatus.Confirmed:
                    actions.Add(new(TableTransactionActionType.Add, RegistrationMapping.KeyOnly(webinar.Slug, RowKeys.Hold(cancelled.UndoUntil!.Value, person))));
                    actions.Add(await CountAsync(webinar.Slug, s => s with { Confirmed = s.Confirmed - 1, Held = s.Held + 1 }, cancellationToken));
                    actions.Add(Tell());
                    break;
            }

            await registrations.CommitAsync(actions, cancellationToken);
            return new Outcome.Cancelled(cancelled);

            TableTransactionAction Tell() => new(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(
                webinar.Slug,
                RowKeys.Outgoing(person, WebinarDeliveries.Cancelled(webinar.Slug, cancelled.Sequence))));
        }), cancellationToken);

        TableTransactionAction Delete(string rowKey) =>
            new(TableTransactionActionType.Delete, new TableEntity(webinar.Slug.Value, rowKey), ETag.All);
    }

    private async Task<TableTransactionAction> CountAsync(WebinarSlug webinar, Func<Seats, Seats> change, CancellationToken cancellationToken)
    {
        var seats = await registrations.FindSeatsAsync(webinar, cancellationToken)
            ?? throw new InvalidDataException("A decided registration without counted seats.");
        return new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(webinar, change(seats.Value)), seats.ETag);
    }
}
