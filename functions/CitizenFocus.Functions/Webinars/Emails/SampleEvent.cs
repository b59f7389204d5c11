using CitizenFocus.Functions.Email.Previews;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>The event that previews are about: in three weeks, whenever that is.</summary>
internal static class SampleEvent
{
    public static readonly WebinarSlug Slug = WebinarSlug.Parse("a-sample");

    public static Webinar Of(SampleWords words, Instant now)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"];
        return new()
        {
            Slug = Slug,
            Title = words.Title,
            Summary = words.Summary,
            Status = WebinarStatus.Published,
            Start = now.InZone(zone).Date.PlusWeeks(3).At(new(14, 0)),
            Zone = zone,
            Duration = Duration.FromMinutes(90),
            Place = words.Place,
            Room = new("https://room.invalid/"),
        };
    }
}
