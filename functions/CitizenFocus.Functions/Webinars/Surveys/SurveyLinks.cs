using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Surveys;

internal sealed record SurveyLink(Webinar Webinar, Registration Registration, SurveyPageState State);

/// <summary>Reads links to the survey.</summary>
internal sealed class SurveyLinks(RegistrationTokens tokens, WebinarService webinars, RegistrationStore registrations, TimeProvider clock)
{
    /// <returns><see langword="null"/> for one that is cut or forged, or whose registration is gone.</returns>
    public async Task<SurveyLink?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(TokenPurpose.Survey, token) is not var (slug, person)
            || await webinars.FindPublicAsync(slug, cancellationToken) is not { } webinar
            || await registrations.FindAsync(slug, person, cancellationToken) is not { Value: var registration })
        {
            return null;
        }

        return new(webinar, registration, StateOf(webinar, registration, Instant.FromDateTimeOffset(clock.GetUtcNow())));
    }

    private static SurveyPageState StateOf(Webinar webinar, Registration registration, Instant now) => (webinar.Status, registration.Status) switch
    {
        (WebinarStatus.Cancelled, _) => SurveyPageState.Cancelled,
        (_, not RegistrationStatus.Confirmed) => SurveyPageState.NoSeat,
        _ => now < webinar.StartInstant ? SurveyPageState.Early : SurveyPageState.Open,
    };
}
