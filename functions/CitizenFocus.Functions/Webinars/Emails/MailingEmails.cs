using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>
/// Composes reminders and follow-ups. They are put on the queue for many at once and may wait there, so whether one still
/// applies is decided here, from the state when its turn comes.
/// </summary>
internal sealed class MailingEmails(RegistrantMailWriter writer, RegistrationTokens tokens, LibraryService library, Links links) : IEmailComposer
{
    /// <summary>Of its offset: a reminder that is later than that would surprise more than it helps.</summary>
    private const double LatestFraction = 0.25;

    public IReadOnlyCollection<string> Kinds { get; } = [WebinarDeliveries.ReminderKind, WebinarDeliveries.FollowUpKind];

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var found = await writer.FindAsync(person, key, cancellationToken);
        if (found.Mail is not { } mail) return found.Otherwise!;

        var (number, start, offset) = WebinarDeliveries.ParseTimed(key);
        var session = mail.Webinar.Sessions.FirstOrDefault(s => s.Number == number);
        if (WhyNot(mail, session, start) is { } reason) return new Composition.Skip(reason);
        return key.Kind == WebinarDeliveries.ReminderKind
            ? await ComposeReminderAsync(mail, session!, offset)
            : await ComposeFollowUpAsync(mail, cancellationToken);
    }

    private static string? WhyNot(RegistrantMail mail, WebinarSession? session, Instant start) => mail switch
    {
        { Webinar.Status: WebinarStatus.Cancelled } => "The webinar has been cancelled.",
        { Registration.Status: not RegistrationStatus.Confirmed } => $"The registration is {mail.Registration.Status.ToString().ToLowerInvariant()} now.",
        { Webinar.DateOnly: true } => "The webinar is known by its day only.",
        _ when session is null => "The session is not planned any more.",
        _ when session.Start != start => "The session was moved.",
        _ => null,
    };

    private async Task<Composition> ComposeReminderAsync(RegistrantMail mail, WebinarSession session, Duration offset) =>
        WhyNoReminder(mail, session, session.Start - offset, writer.Now(), offset * LatestFraction) is { } reason
            ? new Composition.Skip(reason)
            : await writer.ComposeAsync<ReminderEmail>(mail, null, (nameof(ReminderEmail.Session), session));

    private static string? WhyNoReminder(RegistrantMail mail, WebinarSession session, Instant moment, Instant now, Duration leeway)
    {
        if (mail.Webinar.Status != WebinarStatus.Published) return "The webinar is not published any more.";
        if (now >= session.Start) return "The session has begun.";
        if (mail.Registration.HasJoined(session)) return "Has joined this session already.";
        if (mail.Registration.ToldAt >= moment.ToDateTimeOffset()) return "Was told the time after this reminder's moment.";
        return now > moment + leeway ? "Its moment was missed by more than a quarter of its offset." : null;
    }

    private async Task<Composition> ComposeFollowUpAsync(RegistrantMail mail, CancellationToken cancellationToken)
    {
        var (webinar, registration, _) = mail;
        if (webinar.Status is not (WebinarStatus.Published or WebinarStatus.Ended)) return new Composition.Skip("The webinar is not published any more.");
        if (writer.Now() < webinar.EndInstant) return new Composition.Skip("The webinar is not over.");

        var materials = new List<DocumentLink>();
        foreach (var id in webinar.Materials)
        {
            if (await library.FindAsync(id, cancellationToken) is { } document) materials.Add(new(document.Title, links.Absolute(links.Document(document.Id))));
        }

        return webinar.Sessions.Any(registration.HasJoined)
            ? await writer.ComposeAsync<ThankYouEmail>(
                mail,
                null,
                (nameof(ThankYouEmail.Materials), materials),
                (nameof(ThankYouEmail.SurveyUrl), tokens.SurveyUrl(webinar.Slug, registration.Person)))
            : await writer.ComposeAsync<SorryToHaveMissedYouEmail>(mail, null, (nameof(SorryToHaveMissedYouEmail.Materials), materials));
    }
}
