using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Calendar;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>
/// Composes what registrants are told, from the registration as it is when the mail's turn comes: what a later change
/// overtook is left out, so that the last calendar entry a person gets agrees with their state.
/// </summary>
internal sealed class WebinarEmails(
    WebinarStore webinars,
    RegistrationStore registrations,
    RegistrationTokens tokens,
    EmailRenderer renderer,
    EmailOptions options,
    Links links,
    TimeProvider clock) : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds { get; } =
    [
        WebinarDeliveries.ConfirmationKind,
        WebinarDeliveries.WaitingKind,
        WebinarDeliveries.PromotedKind,
        WebinarDeliveries.CancelledKind,
        WebinarDeliveries.ClosedKind,
        WebinarDeliveries.ResendKind,
    ];

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var slug = WebinarSlug.Parse(key.Part(0));
        if (await registrations.FindAsync(slug, person, cancellationToken) is not { Value: var registration }) return new Composition.Nothing();
        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: var webinar }) return new Composition.Skip("The webinar is gone.");

        var resend = key.Kind == WebinarDeliveries.ResendKind;
        var sequence = resend ? registration.Sequence : int.Parse(key.Part(1), CultureInfo.InvariantCulture);

        // Who cancelled and asked again before this was sent has no seat by that, and may get none: the entry has to go.
        var leavesTheCalendar = key.Kind == WebinarDeliveries.CancelledKind && registration.Status != RegistrationStatus.Confirmed;
        if (registration.Sequence != sequence && !leavesTheCalendar)
        {
            return new Composition.Skip("The registration has changed since.");
        }

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        if (webinar.EndInstant <= now && key.Kind != WebinarDeliveries.ClosedKind) return new Composition.Skip("The webinar is over.");

        // Who has no seat any more must not be told that there is one.
        var calledOff = webinar.Status == WebinarStatus.Cancelled;
        if (calledOff && key.Kind is not (WebinarDeliveries.CancelledKind or WebinarDeliveries.ClosedKind))
        {
            return resend ? new Composition.Nothing() : new Composition.Skip("The webinar has been cancelled.");
        }

        var byOrganisers = calledOff && registration.Sequence == sequence;
        var mail = new Mail(webinar, registration, key);
        return (resend ? LastKind(registration.Status) : key.Kind, registration.Status) switch
        {
            (WebinarDeliveries.ConfirmationKind, RegistrationStatus.Confirmed) => await ComposeAsync<ConfirmationEmail>(mail, Request(mail, now)),
            (WebinarDeliveries.PromotedKind, RegistrationStatus.Confirmed) => await ComposeAsync<PromotedEmail>(mail, Request(mail, now)),
            (WebinarDeliveries.WaitingKind, RegistrationStatus.Waiting) => await ComposeAsync<WaitingEmail>(mail, null),
            (WebinarDeliveries.CancelledKind, RegistrationStatus.Confirmed) when byOrganisers => await ComposeAsync<CalledOffEmail>(mail, Cancel(mail, sequence, now)),
            (WebinarDeliveries.CancelledKind, RegistrationStatus.Waiting) when byOrganisers => await ComposeAsync<CalledOffEmail>(mail, null),
            (WebinarDeliveries.CancelledKind, not RegistrationStatus.Confirmed) => await ComposeAsync<CancelledEmail>(mail, Cancel(mail, sequence, now)),
            (WebinarDeliveries.ClosedKind, RegistrationStatus.Closed) => await ComposeAsync<ClosedEmail>(mail, null),
            _ when resend => new Composition.Nothing(),
            _ => new Composition.Skip($"The registration is {registration.Status.ToString().ToLowerInvariant()} now."),
        };
    }

    private static string LastKind(RegistrationStatus status) => status switch
    {
        RegistrationStatus.Confirmed => WebinarDeliveries.ConfirmationKind,
        RegistrationStatus.Waiting => WebinarDeliveries.WaitingKind,
        _ => WebinarDeliveries.ResendKind,
    };

    private sealed record Mail(Webinar Webinar, Registration Registration, DeliveryKey Key);

    private async Task<Composition> ComposeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TEmail>(Mail mail, CalendarPart? calendar)
        where TEmail : WebinarEmail
    {
        var (webinar, registration, key) = mail;
        var rendered = await renderer.RenderAsync<TEmail>(new Dictionary<string, object?>
        {
            [nameof(WebinarEmail.Webinar)] = webinar,
            [nameof(WebinarEmail.Name)] = registration.Name,
            [nameof(WebinarEmail.RegistrationUrl)] = tokens.RegistrationUrl(webinar.Slug, registration.Person),
            [nameof(WebinarEmail.JoinUrl)] = tokens.JoinUrl(webinar.Slug, registration.Person),
            [nameof(WebinarEmail.TimeZone)] = registration.TimeZone is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null,
            [nameof(WebinarEmail.WebinarUrl)] = links.Absolute(links.Webinar(webinar.Slug.Value)),
        });
        return new Composition.Ready(new()
        {
            To = registration.Email,
            ToName = registration.Name,
            Subject = rendered.Subject,
            Html = rendered.Html,
            Text = rendered.Text,
            MessageId = $"{key.DeliveryIdFor(registration.Person)}@{options.MessageIdDomain}",
            Calendar = calendar,
            Date = clock.GetUtcNow(),
        });
    }

    private CalendarPart Request(Mail mail, Instant now) => new("REQUEST", WebinarCalendar.Request(
        mail.Webinar, AttendeeOf(mail), mail.Registration.Sequence, JoinUrl(mail), links, options, now));

    private CalendarPart Cancel(Mail mail, int sequence, Instant now) => new("CANCEL", WebinarCalendar.Cancel(
        mail.Webinar, AttendeeOf(mail), sequence, JoinUrl(mail), links, options, now));

    private static Attendee AttendeeOf(Mail mail) => new(mail.Registration.Email, mail.Registration.Name);

    private Uri JoinUrl(Mail mail) => tokens.JoinUrl(mail.Webinar.Slug, mail.Registration.Person);
}
