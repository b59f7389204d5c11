using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Series;

internal sealed class FollowEmailSamples(FollowEmails emails, TimeProvider clock) : IEmailSamples
{
    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        var series = new WebinarSeries { Slug = "a-sample", Title = words.Title };
        yield return new("follow", SeriesDeliveries.FollowKind, "Somebody wants to follow a series, and has to confirm it.", () =>
            emails.RenderAsync(series, PersonId.FromHash(new byte[32]), EmailAddress.Parse("anna@example.org"), words.Language, SeriesDeliveries.Follow(series.Slug, clock.GetUtcNow())));
    }
}
