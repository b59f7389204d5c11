using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Emails;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

internal sealed class InvitationEmailSamples(InvitationEmails emails, TimeProvider clock) : IEmailSamples
{
    private const string Series = "a-sample";

    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        yield return Sample("invitation", "An organiser invites somebody.", "cities", words);
        yield return Sample("invitation-follower", "Registration opens for the next event of a series that somebody follows.", InvitationKeys.FollowersOf(Series), words);
        yield return Sample("invitation-requested", "Somebody asked for an invitation.", InvitationKeys.Requests, words);
    }

    private EmailSample Sample(string name, string when, string list, SampleWords words)
    {
        var now = clock.GetUtcNow();
        var invitation = new Invitation
        {
            Webinar = SampleEvent.Slug,
            Person = PersonId.FromHash(new byte[32]),
            Email = EmailAddress.Parse("anna@example.org"),
            Name = words.Name,
            Language = words.Language,
            List = list,
            Series = InvitationKeys.SeriesOf(list),
            InvitedAt = now,
        };
        return new(name, InvitationDeliveries.Kind, when, () => emails.RenderAsync(
            SampleEvent.Of(words, Instant.FromDateTimeOffset(now)), invitation, list, DeliveryKey.Of(InvitationDeliveries.Kind, SampleEvent.Slug.Value, list)));
    }
}
