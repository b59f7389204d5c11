using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Composes the invitation, from the state as it is when the mail's turn comes.</summary>
internal sealed class InvitationEmails(
    WebinarStore webinars,
    InvitationStore invitations,
    RegistrationStore registrations,
    RegistrationTokens tokens,
    EmailRenderer renderer,
    EmailOptions options,
    Links links,
    TimeProvider clock) : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds { get; } = [InvitationDeliveries.Kind];

    public IReadOnlyCollection<string> BulkKinds => Kinds;

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var (slug, list) = InvitationDeliveries.Parse(key);
        if (await invitations.FindAsync(slug, person, cancellationToken) is not { } invitation) return new Composition.Nothing();
        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: var webinar }) return new Composition.Skip("The webinar is gone.");

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        if (webinar.Status == WebinarStatus.Cancelled) return new Composition.Skip("The webinar has been cancelled.");
        if (!webinar.IsRunning(now)) return new Composition.Skip("The webinar is over.");
        if (webinar.IsYetToOpen(now)) return new Composition.Skip("Registration opens later than when this was queued.");
        if (!webinar.IsBeforeClosing(now)) return new Composition.Skip("Registration has closed.");
        if (Exclusions.IsLive((await registrations.FindAsync(slug, person, cancellationToken))?.Value)) return new Composition.Skip("The person is registered already.");

        return new Composition.Ready(await RenderAsync(webinar, invitation, list, key));
    }

    public async Task<EmailMessage> RenderAsync(Webinar webinar, Invitation invitation, string list, DeliveryKey key)
    {
        var token = tokens.Issue(TokenPurpose.Invitation, webinar.Slug, invitation.Person);
        var isOfSeries = invitation.SeriesIn(webinar) is not null;
        var unsubscribeUrl = links.Absolute(links.InvitationUnsubscription(token));
        var rendered = await renderer.RenderAsync<InvitationEmail>(new Dictionary<string, object?>
        {
            [nameof(InvitationEmail.Webinar)] = webinar,
            [nameof(InvitationEmail.Name)] = invitation.Name,
            [nameof(InvitationEmail.Reason)] = ReasonOf(list),
            [nameof(InvitationEmail.HowToStop)] = isOfSeries ? "To hear no more of this series" : "To get no more invitations from us",
            [nameof(InvitationEmail.StopLabel)] = isOfSeries ? "No longer follow it" : "Unsubscribe",
            [nameof(InvitationEmail.InvitationUrl)] = links.Absolute(links.Invitation(token)),
            [nameof(InvitationEmail.UnsubscribeUrl)] = unsubscribeUrl,
        });
        return rendered.To(invitation.Email, invitation.Person, key, options, clock.GetUtcNow()) with
        {
            ToName = invitation.Name.Length > 0 ? invitation.Name : null,
            IsBulk = true,
            UnsubscribeUrl = unsubscribeUrl,
        };
    }

    private static string ReasonOf(string list) => list switch
    {
        InvitationKeys.Requests => "You get this e-mail because this address was given to ask for an invitation to the event above.",
        _ when InvitationKeys.IsFollowers(list) => "You get this e-mail because you asked to be told about the next event of this series.",
        _ => "You get this e-mail because an organiser of the event above invites this address.",
    };
}
