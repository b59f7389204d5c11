using CitizenFocus.Functions.Web;
using NodaTime;
using Fields = CitizenFocus.Functions.Webinars.RegistrationFormModel.Fields;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>Fills the registrant's page: as it is fetched, and as it comes back when a change could not be taken.</summary>
internal sealed class RegistrationPageModels(RegistrationStore registrations, TimeProvider clock)
{
    public async Task<RegistrationPageModel> FreshAsync(Webinar webinar, Registration registration, string token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = StateOf(webinar, registration, Instant.FromDateTimeOffset(now));
        return new()
        {
            Webinar = webinar,
            State = state,
            Token = token,
            IsOver = webinar.EndInstant <= Instant.FromDateTimeOffset(now),
            PlaceInLine = registration is { Status: RegistrationStatus.Waiting, Place: { } place }
                ? await registrations.CountBeforeAsync(webinar.Slug, place, cancellationToken) + 1
                : null,
            OfferedUntil = registration is { Status: RegistrationStatus.Offered, OfferedUntil: { } offered } ? Instant.FromDateTimeOffset(offered) : null,
            UndoUntil = registration.UndoUntil is { } until && until > now ? Instant.FromDateTimeOffset(until) : null,
            Details = state is RegistrationPageState.Declined or RegistrationPageState.Cancelled or RegistrationPageState.Closed
                ? null
                : new() { Name = registration.Name, Organisation = registration.Organisation, Answers = new(registration.Answers) },
        };
    }

    /// <summary>The page with what was typed.</summary>
    public static RegistrationPageModel Refused(RegistrationPageModel model, Submission.Fields sent, ValidationErrors errors) => model with
    {
        Details = new() { Name = sent.Text(Fields.Name), Organisation = sent.Text(Fields.Organisation), Answers = AnswersModel.From(sent.Values), Errors = errors },
    };

    private static RegistrationPageState StateOf(Webinar webinar, Registration registration, Instant now) => registration.Status switch
    {
        RegistrationStatus.Closed => RegistrationPageState.Closed,
        _ when webinar.Status != WebinarStatus.Published || webinar.EndInstant <= now => RegistrationPageState.Closed,
        RegistrationStatus.Cancelled => RegistrationPageState.Cancelled,
        RegistrationStatus.Requested => RegistrationPageState.Requested,
        RegistrationStatus.Pending => RegistrationPageState.Pending,
        RegistrationStatus.Declined => RegistrationPageState.Declined,
        RegistrationStatus.Confirmed => RegistrationPageState.Confirmed,
        RegistrationStatus.Waiting => RegistrationPageState.Waiting,
        RegistrationStatus.Offered => RegistrationPageState.Offered,
        RegistrationStatus.Dormant => RegistrationPageState.Dormant,
        var other => throw new InvalidOperationException($"No page for {other}."),
    };
}
