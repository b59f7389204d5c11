using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>An organiser approves a registration, which then asks for a seat in the order of its first request, or declines it.</summary>
internal sealed class DecideApproval(RegistrationStore registrations, Announcements announcements)
{
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        internal sealed record Decided(Registration Registration) : Outcome;

        /// <summary>It does not wait for approval: decided before, or cancelled.</summary>
        internal sealed record NotPending(Registration Registration) : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public Task<Outcome> HandleAsync(WebinarSlug webinar, PersonId person, bool approve, CancellationToken cancellationToken)
    {
        var operationId = Guid.NewGuid().ToString("N");
        return announcements.AroundAsync(
            webinar, () => OptimisticRetry.RunAsync(() => TryDecideAsync(webinar, person, approve, operationId, cancellationToken)), cancellationToken);
    }

    private async Task<Outcome> TryDecideAsync(WebinarSlug webinar, PersonId person, bool approve, string operationId, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();
        if (found.Value.OperationId == operationId) return new Outcome.Decided(found.Value);
        if (found.Value.Status != RegistrationStatus.Pending) return new Outcome.NotPending(found.Value);

        var decided = found.Value with { Status = approve ? RegistrationStatus.Requested : RegistrationStatus.Declined, OperationId = operationId };
        var change = new SeatChange(webinar, person).Replace(decided, found.ETag);
        if (approve) change.Add(RowMapping.InLine(webinar, RowKeys.Request(decided.RequestedAt.UtcTicks, person), decided.Sequence, isFavoured: true));
        else change.Tell(WebinarDeliveries.Declined(webinar, decided.Sequence));
        await change.CommitAsync(registrations, cancellationToken);
        return new Outcome.Decided(decided);
    }
}
