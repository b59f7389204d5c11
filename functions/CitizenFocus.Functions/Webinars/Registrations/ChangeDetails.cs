using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// A person mends their name, organisation or answers. No seat moves and no calendar entry changes, so nothing is told and
/// the sequence stays.
/// </summary>
internal sealed class ChangeDetails(RegistrationStore registrations, TimeProvider clock)
{
    internal sealed record Command
    {
        public required string Name { get; init; }

        public string? Organisation { get; init; }

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; } = Registration.NoAnswers;
    }

    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        internal sealed record Changed(Registration Registration) : Outcome;

        /// <summary>The registration was given up, declined, or came too late.</summary>
        internal sealed record NotRegistered(Registration Registration) : Outcome;

        /// <summary>The webinar was cancelled, or is over.</summary>
        internal sealed record NotOpen : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, PersonId person, Command command, CancellationToken cancellationToken)
    {
        if (!webinar.IsRunning(Instant.FromDateTimeOffset(clock.GetUtcNow()))) return new Outcome.NotOpen();

        var operationId = Guid.NewGuid().ToString("N");
        return await OptimisticRetry.RunAsync(() => TryChangeAsync(webinar.Slug, person, command, operationId, cancellationToken));
    }

    private async Task<Outcome> TryChangeAsync(WebinarSlug webinar, PersonId person, Command command, string operationId, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(webinar, person, cancellationToken) is not { } found) return new Outcome.NotFound();
        if (found.Value.OperationId == operationId) return new Outcome.Changed(found.Value);
        if (found.Value.Status is RegistrationStatus.Cancelled or RegistrationStatus.Closed or RegistrationStatus.Declined) return new Outcome.NotRegistered(found.Value);

        var changed = found.Value with { Name = command.Name, Organisation = command.Organisation, Answers = command.Answers, OperationId = operationId };
        await new SeatChange(webinar, person).Replace(changed, found.ETag).CommitAsync(registrations, cancellationToken);
        return new Outcome.Changed(changed);
    }
}
