using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>
/// Composes what a change of a registration causes, from the registration as it is when the mail's turn comes: what a
/// later change overtook is left out, so that the last calendar entry a person gets agrees with their state.
/// </summary>
internal sealed class RegistrationEmails(RegistrantMailWriter writer, RegistrationStore registrations) : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds { get; } =
    [
        WebinarDeliveries.ConfirmationKind,
        WebinarDeliveries.WaitingKind,
        WebinarDeliveries.PromotedKind,
        WebinarDeliveries.CancelledKind,
        WebinarDeliveries.ClosedKind,
        WebinarDeliveries.PendingKind,
        WebinarDeliveries.DeclinedKind,
        WebinarDeliveries.OfferKind,
        WebinarDeliveries.LapsedKind,
        WebinarDeliveries.ChangedKind,
        WebinarDeliveries.ResendKind,
    ];

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var found = await writer.FindAsync(person, key, cancellationToken);
        if (found.Mail is not { } mail) return found.Otherwise!;

        var (webinar, registration, _) = mail;
        var resend = key.Kind == WebinarDeliveries.ResendKind;
        var sequence = resend ? registration.Sequence : int.Parse(key.Part(1), CultureInfo.InvariantCulture);

        // Who cancelled and asked again before this was sent has no seat by that, and may get none: the entry has to go.
        var leavesTheCalendar = key.Kind == WebinarDeliveries.CancelledKind && registration.Status != RegistrationStatus.Confirmed;
        if (registration.Sequence != sequence && !leavesTheCalendar)
        {
            return new Composition.Skip("The registration has changed since.");
        }

        if (webinar.EndInstant <= writer.Now() && key.Kind != WebinarDeliveries.ClosedKind) return new Composition.Skip("The webinar is over.");

        // Who has no seat any more must not be told that there is one.
        var calledOff = webinar.IsCalledOff;
        if (calledOff && key.Kind is not (WebinarDeliveries.CancelledKind or WebinarDeliveries.ClosedKind))
        {
            return resend ? new Composition.Nothing() : new Composition.Skip("The webinar has been cancelled.");
        }

        var kind = resend ? LastKind(registration.Status) : key.Kind;
        return kind == WebinarDeliveries.CancelledKind
            ? await ComposeCancellationAsync(mail, sequence, calledOff && registration.Sequence == sequence)
            : await ComposeAsync(mail, kind, resend, cancellationToken);
    }

    private async Task<Composition> ComposeAsync(RegistrantMail mail, string kind, bool resend, CancellationToken cancellationToken) =>
        (kind, mail.Registration) switch
        {
            (WebinarDeliveries.ConfirmationKind or WebinarDeliveries.PromotedKind or WebinarDeliveries.ChangedKind, { Status: RegistrationStatus.Confirmed }) =>
                await ComposeSeatAsync(mail, kind, cancellationToken),
            (WebinarDeliveries.WaitingKind, { Status: RegistrationStatus.Waiting }) => await writer.ComposeAsync<WaitingEmail>(mail),
            (WebinarDeliveries.PendingKind, { Status: RegistrationStatus.Pending }) => await writer.ComposeAsync<PendingEmail>(mail),
            (WebinarDeliveries.DeclinedKind, { Status: RegistrationStatus.Declined }) => await writer.ComposeAsync<DeclinedEmail>(mail),
            (WebinarDeliveries.LapsedKind, { Status: RegistrationStatus.Dormant }) => await writer.ComposeAsync<LapsedEmail>(mail),
            (WebinarDeliveries.ClosedKind, { Status: RegistrationStatus.Closed }) => await writer.ComposeAsync<ClosedEmail>(mail),
            (WebinarDeliveries.OfferKind, { Status: RegistrationStatus.Offered, OfferedUntil: { } until }) => await ComposeOfferAsync(mail, until, resend),
            _ when resend => new Composition.Nothing(),
            _ => new Composition.Skip($"The registration is {mail.Registration.Status.ToString().ToLowerInvariant()} now."),
        };

    private async Task<Composition> ComposeCancellationAsync(RegistrantMail mail, int sequence, bool byOrganisers)
    {
        var registration = mail.Registration;
        var hadEntry = registration.MayHaveAnEntry;
        if (registration.Sequence != sequence && !hadEntry) return new Composition.Skip("The registration has changed since.");

        var calendar = hadEntry ? writer.Cancel(mail, sequence) : null;
        return (byOrganisers, registration.Status) switch
        {
            (true, RegistrationStatus.Confirmed or RegistrationStatus.Waiting or RegistrationStatus.Offered or RegistrationStatus.Dormant or RegistrationStatus.Pending) =>
                await writer.ComposeAsync<CalledOffEmail>(mail, calendar, (nameof(CalledOffEmail.HadEntry), hadEntry)),
            (_, not RegistrationStatus.Confirmed) =>
                await writer.ComposeAsync<CancelledEmail>(mail, calendar, (nameof(CancelledEmail.HadEntry), hadEntry)),
            _ => new Composition.Skip("The registration is confirmed now."),
        };
    }

    /// <summary>
    /// Says what the registration's row holds as told, and not what was edited since: that is told with old beside new, or,
    /// where it is taken back within ten minutes, by nobody.
    /// </summary>
    private async Task<Composition> ComposeSeatAsync(RegistrantMail current, string kind, CancellationToken cancellationToken)
    {
        var (webinar, registration, _) = current;
        var told = await registrations.FindFaceAsync(webinar.Slug, registration.ToldRevision, cancellationToken);
        var mail = current with { Webinar = told?.On(webinar) ?? webinar };
        if (kind == WebinarDeliveries.ConfirmationKind) return await writer.ComposeAsync<ConfirmationEmail>(mail, writer.Request(mail));
        if (kind == WebinarDeliveries.PromotedKind) return await writer.ComposeAsync<PromotedEmail>(mail, writer.Request(mail));

        var before = await registrations.FindFaceAsync(webinar.Slug, registration.ToldBefore, cancellationToken);
        return await writer.ComposeAsync<ChangedEmail>(mail, writer.Request(mail), (nameof(ChangedEmail.Before), before?.On(webinar)));
    }

    private async Task<Composition> ComposeOfferAsync(RegistrantMail mail, DateTimeOffset until, bool resend)
    {
        var ends = NodaTime.Instant.FromDateTimeOffset(until);
        if (ends > writer.Now()) return await writer.ComposeAsync<OfferEmail>(mail, null, (nameof(OfferEmail.Until), ends));
        return resend ? new Composition.Nothing() : new Composition.Skip("The offer has ended.");
    }

    private static string LastKind(RegistrationStatus status) => status switch
    {
        RegistrationStatus.Confirmed => WebinarDeliveries.ConfirmationKind,
        RegistrationStatus.Waiting => WebinarDeliveries.WaitingKind,
        RegistrationStatus.Pending => WebinarDeliveries.PendingKind,
        RegistrationStatus.Offered => WebinarDeliveries.OfferKind,
        RegistrationStatus.Dormant => WebinarDeliveries.LapsedKind,
        _ => WebinarDeliveries.ResendKind,
    };
}
