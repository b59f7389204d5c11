using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using CitizenFocus.Testing;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Support;

#pragma warning disable CS8981, IDE1006 // See a.cs.
internal static partial class a
#pragma warning restore CS8981, IDE1006
{
    /// <summary>A webinar to come with a slug of its own: <c>a.Webinar(w => w with { Capacity = 2 })</c>.</summary>
    public static Webinar Webinar(Func<Webinar, Webinar>? change = null)
    {
        var webinar = new Webinar
        {
            Slug = WebinarSlug.Parse(AzuriteFixture.UniqueName("talk")),
            Title = "Citizens first",
            Summary = "How cities listen.",
            Status = WebinarStatus.Published,
            Start = new(2026, 12, 8, 14, 0),
            Zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"],
            Duration = Duration.FromMinutes(90),
            Capacity = 25,
            Room = new("https://room.example/secret-room"),
        };
        return change is null ? webinar : change(webinar);
    }

    /// <summary>A registration as it is asked for.</summary>
    public static Registration Registration(Webinar webinar, PersonId person) => new()
    {
        Webinar = webinar.Slug,
        Person = person,
        Status = RegistrationStatus.Requested,
        Sequence = 0,
        Name = "Anna Ash",
        Email = EmailAddress.Parse("anna@example.org"),
        RequestedAt = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero),
        ConsentVersion = "1",
        OperationId = "1",
    };

    /// <summary>An address of its own.</summary>
    public static string Address(string name = "anna") => $"{AzuriteFixture.UniqueName(name)}@example.org";
}
