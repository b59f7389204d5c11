using System.Diagnostics.CodeAnalysis;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>What registrants get: of <see cref="RegistrationEmails"/> and of <see cref="MailingEmails"/>.</summary>
internal sealed class RegistrantEmailSamples(RegistrantMailWriter writer, RegistrationTokens tokens, Links links) : IEmailSamples
{
    private static readonly PersonId Person = PersonId.FromHash(new byte[32]);

    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        var webinar = SampleEvent.Of(words, writer.Now());
        var seat = MailOf(webinar, words, WebinarDeliveries.Confirmation(webinar.Slug, 1), RegistrationStatus.Confirmed);
        RegistrantMail Mail(DeliveryKey key, RegistrationStatus status) => MailOf(webinar, words, key, status);

        yield return new("confirmation", seat.Key.Kind, "Somebody registers and has a seat.", () => ComposeAsync<ConfirmationEmail>(seat, writer.Request(seat)));
        yield return new("resend", WebinarDeliveries.ResendKind, "Somebody lost the confirmation and asks for it again.", () =>
            ComposeAsync<ConfirmationEmail>(seat with { Key = WebinarDeliveries.Resend(webinar.Slug, seat.Registration.RequestedAt) }, writer.Request(seat)));
        yield return new("waiting", WebinarDeliveries.WaitingKind, "Somebody registers and all seats are taken.", () =>
            ComposeAsync<WaitingEmail>(Mail(WebinarDeliveries.Waiting(webinar.Slug, 1), RegistrationStatus.Waiting)));
        yield return new("promoted", WebinarDeliveries.PromotedKind, "A seat becomes free and is given to who waited.", () =>
            ComposeAsync<PromotedEmail>(seat with { Key = WebinarDeliveries.Promoted(webinar.Slug, 2) }, writer.Request(seat)));
        yield return new("offer", WebinarDeliveries.OfferKind, "A seat becomes free and is offered for a while.", () =>
            ComposeAsync<OfferEmail>(
                Mail(WebinarDeliveries.Offer(webinar.Slug, 2), RegistrationStatus.Offered), null, (nameof(OfferEmail.Until), writer.Now() + Duration.FromHours(24))));
        yield return new("lapsed", WebinarDeliveries.LapsedKind, "An offer was not answered in time.", () =>
            ComposeAsync<LapsedEmail>(Mail(WebinarDeliveries.Lapsed(webinar.Slug, 3), RegistrationStatus.Dormant)));
        yield return new("pending", WebinarDeliveries.PendingKind, "Somebody registers where organisers decide.", () =>
            ComposeAsync<PendingEmail>(Mail(WebinarDeliveries.Pending(webinar.Slug, 1), RegistrationStatus.Pending)));
        yield return new("declined", WebinarDeliveries.DeclinedKind, "The organisers said no.", () =>
            ComposeAsync<DeclinedEmail>(Mail(WebinarDeliveries.Declined(webinar.Slug, 2), RegistrationStatus.Declined)));
        yield return new("closed", WebinarDeliveries.ClosedKind, "Registration closed while somebody registered.", () =>
            ComposeAsync<ClosedEmail>(Mail(WebinarDeliveries.Closed(webinar.Slug, 1), RegistrationStatus.Closed)));
        yield return new("changed", WebinarDeliveries.ChangedKind, "An organiser moved the event.", () =>
            ComposeAsync<ChangedEmail>(
                seat with { Key = WebinarDeliveries.Changed(webinar.Slug, 2) },
                writer.Request(seat),
                (nameof(ChangedEmail.Before), webinar with { Start = webinar.Start.PlusDays(-1) })));
        yield return new("cancelled", WebinarDeliveries.CancelledKind, "Somebody gave up their seat.", () =>
            ComposeAsync<CancelledEmail>(
                Mail(WebinarDeliveries.Cancelled(webinar.Slug, 2), RegistrationStatus.Cancelled), writer.Cancel(seat, 2), (nameof(CancelledEmail.HadEntry), true)));
        yield return new("called-off", WebinarDeliveries.CancelledKind, "The organisers cancelled the event.", () =>
            ComposeAsync<CalledOffEmail>(seat with { Key = WebinarDeliveries.Cancelled(webinar.Slug, 2) }, writer.Cancel(seat, 2), (nameof(CalledOffEmail.HadEntry), true)));
        yield return new("reminder", WebinarDeliveries.ReminderKind, "The event is near.", () =>
            ComposeAsync<ReminderEmail>(
                seat with { Key = WebinarDeliveries.Reminder(webinar.Slug, webinar.Sessions[0], Webinar.DefaultReminders[0]) },
                null,
                (nameof(ReminderEmail.Session), webinar.Sessions[0])));

        var over = seat with
        {
            Webinar = webinar with { Recording = new("https://video.invalid/") },
            Key = WebinarDeliveries.FollowUp(webinar.Slug, webinar.Sessions[^1]),
        };
        IReadOnlyList<DocumentLink> materials = [new(words.Document, links.Absolute(links.Document("a-sample")))];
        yield return new("follow-up", WebinarDeliveries.FollowUpKind, "The event is over, and they came.", () =>
            ComposeAsync<ThankYouEmail>(over, null, (nameof(ThankYouEmail.Materials), materials), (nameof(ThankYouEmail.SurveyUrl), tokens.SurveyUrl(webinar.Slug, Person))));
        yield return new("follow-up-missed", WebinarDeliveries.FollowUpKind, "The event is over, and they did not come.", () =>
            ComposeAsync<SorryToHaveMissedYouEmail>(over, null, (nameof(SorryToHaveMissedYouEmail.Materials), materials)));
    }

    private RegistrantMail MailOf(Webinar webinar, SampleWords words, DeliveryKey key, RegistrationStatus status) => new(
        webinar,
        new()
        {
            Webinar = webinar.Slug,
            Person = Person,
            Status = status,
            Sequence = 1,
            Name = words.Name,
            Language = words.Language,
            Email = EmailAddress.Parse("anna@example.org"),
            TimeZone = "Europe/Athens",
            RequestedAt = writer.Now().ToDateTimeOffset(),
            ConsentVersion = "1",
            OperationId = "sample",
        },
        key);

    private async Task<EmailMessage> ComposeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TEmail>(
        RegistrantMail mail, CalendarPart? calendar = null, params IEnumerable<(string Name, object? Value)> more)
        where TEmail : WebinarEmail =>
        ((Composition.Ready)await writer.ComposeAsync<TEmail>(mail, calendar, more)).Message;
}
