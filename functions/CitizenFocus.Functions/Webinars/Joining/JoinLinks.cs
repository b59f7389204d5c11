using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>What stands behind a link to the room.</summary>
internal abstract record JoinLink
{
    private JoinLink()
    {
    }

    public sealed record Works(Webinar Webinar, Registration Registration) : JoinLink;

    /// <summary>It was ours, and the registration is gone or was cancelled.</summary>
    public sealed record Old(Webinar Webinar) : JoinLink;

    /// <summary>Cut, forged, or signed by a key that is gone.</summary>
    /// <param name="Webinar">Which public webinar it was for, as far as can be read; nothing is proven.</param>
    public sealed record Wrong(Webinar? Webinar) : JoinLink;
}

/// <summary>Reads links to the room.</summary>
internal sealed class JoinLinks(RegistrationTokens tokens, WebinarStore webinars, WebinarService publicWebinars, RegistrationStore registrations)
{
    public async Task<JoinLink> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(TokenPurpose.Join, token) is not var (slug, person))
        {
            return new JoinLink.Wrong(RegistrationTokens.FindWebinarUnverified(token) is { } guess ? await publicWebinars.FindPublicAsync(guess, cancellationToken) : null);
        }

        // The room may have changed a minute ago: no copy will do.
        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: { Status: not WebinarStatus.Draft } webinar }) return new JoinLink.Wrong(null);

        return await registrations.FindAsync(slug, person, cancellationToken) is { Value: { Status: not RegistrationStatus.Cancelled } registration }
            ? new JoinLink.Works(webinar, registration)
            : new JoinLink.Old(webinar);
    }
}
