using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Email;

/// <summary>What the tests of calendars and e-mails start from.</summary>
internal static class Sample
{
    public static readonly Links Links = new(new SiteOptions { BaseUrl = new("https://citizen-focus.example") });

    public static readonly EmailOptions Options = new() { From = EmailAddress.Parse("webinars@citizen-focus.example") };

    public static readonly Instant Stamp = Instant.FromUtc(2026, 11, 1, 8, 0);

    public static readonly Uri JoinUrl = new("https://citizen-focus.example/join/j-token");

    public static Webinar AWebinar { get; } = new()
    {
        Slug = WebinarSlug.Parse("citizens-first"),
        Title = "Citizens first",
        Summary = "How cities listen.",
        Status = WebinarStatus.Published,
        Start = new(2026, 12, 6, 15, 0),
        Zone = Zone("Europe/Brussels"),
        Duration = Duration.FromMinutes(90),
        Room = new("https://room.example/secret"),
    };

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];
}
