using System.Diagnostics.CodeAnalysis;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Calendar;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>Finds what an e-mail to a registrant is made from, and makes it, with the calendar that goes with it.</summary>
internal sealed class RegistrantMailWriter(
    WebinarStore webinars,
    RegistrationStore registrations,
    RegistrationTokens tokens,
    EmailRenderer renderer,
    EmailOptions options,
    Links links,
    TimeProvider clock)
{
    public Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <returns>What is there, or why there is nothing to be made.</returns>
    public async Task<(RegistrantMail? Mail, Composition? Otherwise)> FindAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var slug = WebinarSlug.Parse(key.Part(0));
        if (await registrations.FindAsync(slug, person, cancellationToken) is not { Value: var registration }) return (null, new Composition.Nothing());
        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: var webinar }) return (null, new Composition.Skip("The webinar is gone."));
        return (new(webinar, registration, key), null);
    }

    /// <param name="mail">Of whom, and of what.</param>
    /// <param name="calendar">What goes with it.</param>
    /// <param name="more">What this e-mail shows beside what all show, by the names of its parameters.</param>
    public async Task<Composition> ComposeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TEmail>(
        RegistrantMail mail, CalendarPart? calendar = null, params IEnumerable<(string Name, object? Value)> more)
        where TEmail : WebinarEmail
    {
        var (webinar, registration, key) = mail;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(WebinarEmail.Webinar)] = webinar,
            [nameof(WebinarEmail.Name)] = registration.Name,
            [nameof(WebinarEmail.RegistrationUrl)] = tokens.RegistrationUrl(webinar.Slug, registration.Person),
            [nameof(WebinarEmail.JoinUrl)] = JoinUrl(mail),
            [nameof(WebinarEmail.WillRemind)] = WillRemind(webinar, Now()),
            [nameof(WebinarEmail.TimeZone)] = registration.TimeZone is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null,
            [nameof(WebinarEmail.WebinarUrl)] = links.Absolute(links.Webinar(webinar.Slug.Value)),
        };
        foreach (var (name, value) in more) parameters[name] = value;

        var rendered = await renderer.RenderAsync<TEmail>(parameters, EmailLanguage.Of(registration.Language));
        return new Composition.Ready(rendered.To(registration.Email, registration.Person, key, options, clock.GetUtcNow()) with
        {
            ToName = registration.Name,
            Calendar = calendar,
        });
    }

    /// <summary>The entry of one who has a seat, as it is now.</summary>
    public CalendarPart Request(RegistrantMail mail) => new("REQUEST", WebinarCalendar.Request(
        mail.Webinar, AttendeeOf(mail), mail.Registration.Sequence, JoinUrl(mail), links, options, Now()));

    /// <summary>Takes the entry out.</summary>
    /// <param name="mail">Of whom.</param>
    /// <param name="sequence">Of the change that took the seat, which may not be the last.</param>
    public CalendarPart Cancel(RegistrantMail mail, int sequence) => new("CANCEL", WebinarCalendar.Cancel(
        mail.Webinar, AttendeeOf(mail), sequence, JoinUrl(mail), links, options, Now()));

    private static bool WillRemind(Webinar webinar, Instant now) =>
        !webinar.DateOnly && webinar.Sessions.Any(session => webinar.Reminders.Any(offset => session.Start - offset > now));

    private static Attendee AttendeeOf(RegistrantMail mail) => new(mail.Registration.Email, mail.Registration.Name);

    private Uri JoinUrl(RegistrantMail mail) => tokens.JoinUrl(mail.Webinar.Slug, mail.Registration.Person);
}
