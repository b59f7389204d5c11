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
        var unsubscribeUrl = links.Absolute(links.InvitationUnsubscription(token));
        var rendered = await renderer.RenderAsync<InvitationEmail>(new Dictionary<string, object?>
        {
            [nameof(InvitationEmail.Webinar)] = webinar,
            [nameof(InvitationEmail.Name)] = invitation.Name,
            [nameof(InvitationEmail.ReasonKey)] = ReasonKeyOf(list),
            [nameof(InvitationEmail.IsOfSeries)] = invitation.SeriesIn(webinar) is not null,
            [nameof(InvitationEmail.InvitationUrl)] = links.Absolute(links.Invitation(token)),
            [nameof(InvitationEmail.UnsubscribeUrl)] = unsubscribeUrl,
        }, EmailLanguage.Of(invitation.Language));
        return rendered.To(invitation.Email, invitation.Person, key, options, clock.GetUtcNow()) with
        {
            ToName = invitation.Name.Length > 0 ? invitation.Name : null,
            IsBulk = true,
            UnsubscribeUrl = unsubscribeUrl,
        };
    }

    private static string ReasonKeyOf(string list) => list switch
    {
        InvitationKeys.Requests => "email.invitation.reasonAsked",
        _ when InvitationKeys.IsFollowers(list) => "email.invitation.reasonFollows",
        _ => "email.invitation.reason",
    };
}
