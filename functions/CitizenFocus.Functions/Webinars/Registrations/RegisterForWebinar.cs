using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// A visitor asks for a seat. Two storage calls until the visitor is answered: the announcement, and one transaction that
/// holds the registration and its request; who gets a seat is decided by <see cref="Advancing.AdvanceWebinar"/>.
/// </summary>
internal sealed class RegisterForWebinar(
    RegistrationStore registrations, Announcements announcements, PersonIds personIds, TimeProvider clock)
{
    internal sealed record Command
    {
        public required string Name { get; init; }

        public required EmailAddress Email { get; init; }

        public string? Organisation { get; init; }

        public string? Country { get; init; }

        public string Language { get; init; } = "en";

        public string? TimeZone { get; init; }

        public required string ConsentVersion { get; init; }

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; } = Registration.NoAnswers;

        /// <summary>By the personal link of an invitation, whoever wanted it.</summary>
        public bool IsInvited { get; init; }

        /// <summary>An organiser wants them to come: there is nothing left to approve, and what was declined before is overruled.</summary>
        public bool IsApproved { get; init; }
    }

    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>Taken, or taken before: whoever asks must not learn which.</summary>
        internal sealed record Received(PersonId Person) : Outcome;

        internal sealed record NotOpen(WebinarStatus Status) : Outcome;

        /// <summary>Registration opens later.</summary>
        internal sealed record NotYetOpen : Outcome;

        internal sealed record InvitationOnly : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, Command command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (WhyNot(webinar, command.IsInvited) is { } refusal) return refusal;

        var registration = new Registration
        {
            Webinar = webinar.Slug,
            Person = personIds.Of(command.Email),
            Status = RegistrationStatus.Requested,
            Sequence = 0,
            Name = command.Name,
            Email = command.Email,
            Organisation = command.Organisation,
            Country = command.Country,
            Language = command.Language,
            TimeZone = command.TimeZone,
            RequestedAt = now,
            ConsentVersion = command.ConsentVersion,
            Answers = command.Answers,
            IsApproved = command.IsApproved,
            OperationId = Guid.NewGuid().ToString("N"),
        };

        var committed = await announcements.AroundAsync(
            webinar.Slug,
            async () => await TryAddAsync(registration, cancellationToken) || await RenewAsync(registration, cancellationToken),
            cancellationToken);
        if (committed) WebinarMetrics.Registered(webinar.Slug);
        return new Outcome.Received(registration.Person);
    }

    /// <summary>Why nobody, or nobody who is not invited, can register now; <see langword="null"/> where one can.</summary>
    public Outcome? WhyNot(Webinar webinar, bool isInvited)
    {
        var now = NodaTime.Instant.FromDateTimeOffset(clock.GetUtcNow());
        return webinar.IsYetToOpen(now) ? new Outcome.NotYetOpen()
            : !webinar.AcceptsRegistrations(now) ? new Outcome.NotOpen(webinar.Status)
            : webinar.IsInvitationOnly && !isInvited ? new Outcome.InvitationOnly()
            : null;
    }

    private async Task<bool> TryAddAsync(Registration registration, CancellationToken cancellationToken)
    {
        try
        {
            await registrations.CommitAsync(
                [new(TableTransactionActionType.Add, RegistrationMapping.ToEntity(registration)), Ask(registration)],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            return false;
        }
    }

    /// <summary>Someone who cancelled, or came too late before, or whom an organiser has invited after all, asks again; who is registered already is left as they are.</summary>
    /// <returns>Whether a request was committed, by this call or by its first try whose answer was lost.</returns>
    private async Task<bool> RenewAsync(Registration registration, CancellationToken cancellationToken)
    {
        while (await registrations.FindAsync(registration.Webinar, registration.Person, cancellationToken) is { } existing)
        {
            if (existing.Value.OperationId == registration.OperationId) return true;
            if (!MayAskAgain(existing.Value.Status, registration.IsApproved)) return false;

            // The calendar entry that the person may still have is overtaken by a higher sequence.
            var renewed = registration with
            {
                Sequence = existing.Value.Sequence + 1,
                Attendance = existing.Value.Attendance,
                ToldAt = existing.Value.ToldAt,
                ToldRevision = existing.Value.ToldRevision,
            };
            try
            {
                await registrations.CommitAsync(
                    [new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(renewed), existing.ETag), Ask(renewed)],
                    cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
            {
                // Changed meanwhile, or ours after all: look again.
            }
        }

        return await TryAddAsync(registration, cancellationToken);
    }

    private static bool MayAskAgain(RegistrationStatus status, bool isApproved) =>
        status is RegistrationStatus.Cancelled or RegistrationStatus.Closed || (status == RegistrationStatus.Declined && isApproved);

    private static TableTransactionAction Ask(Registration registration) => new(TableTransactionActionType.Add, RowMapping.Request(registration));
}
