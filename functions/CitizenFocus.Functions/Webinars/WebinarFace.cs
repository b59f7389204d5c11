using CitizenFocus.Functions.Hosting;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>What a calendar entry and an e-mail say of a webinar: a change of it is a new revision, and is told.</summary>
internal sealed record WebinarFace
{
    private static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.GeneralIso;

    public required string Title { get; init; }

    public string? Place { get; init; }

    /// <summary>An IANA name.</summary>
    public required string Zone { get; init; }

    public required bool DateOnly { get; init; }

    /// <summary>Start, minutes and, of two, which, for each session: one text, so that faces compare by value.</summary>
    public required string Times { get; init; }

    public static WebinarFace Of(Webinar webinar) => new()
    {
        Title = webinar.Title,
        Place = webinar.Place,
        Zone = webinar.Zone.Id,
        DateOnly = webinar.DateOnly,
        Times = WriteTimes(webinar.Sessions.Select(session => session.Time)),
    };

    /// <summary>Somebody who goes by this face comes at another time than somebody who goes by <paramref name="other"/>.</summary>
    public bool StartsApartFrom(WebinarFace other) => (Times, Zone, DateOnly) != (other.Times, other.Zone, other.DateOnly);

    /// <summary>The webinar as it was when it had this face.</summary>
    public Webinar On(Webinar webinar)
    {
        var times = ReadTimes(Times);
        return webinar with
        {
            Title = Title,
            Place = Place,
            Zone = DateTimeZoneProviders.Tzdb[Zone],
            DateOnly = DateOnly,
            Start = times[0].Start,
            Duration = times[0].Duration,
            StartIsLaterOfTwo = times[0].IsLaterOfTwo,
            FurtherSessions = [.. times.Skip(1)],
        };
    }

    /// <summary>Whoever goes by this face knows of a session by this number, at this start.</summary>
    public bool Has(WebinarSession session) =>
        ReadTimes(Times) is var times && times.Count >= session.Number && times[session.Number - 1].StartIn(DateTimeZoneProviders.Tzdb[Zone]) == session.Start;

    public void WriteTo(TableEntity entity)
    {
        entity["Title"] = Title;
        entity["Zone"] = Zone;
        entity["DateOnly"] = DateOnly;
        entity["Times"] = Times;
        if (Place is { } place) entity["Place"] = place;
    }

    public static WebinarFace ReadFrom(TableEntity entity) => new()
    {
        Title = entity.Required("Title"),
        Place = entity.GetString("Place"),
        Zone = entity.Required("Zone"),
        DateOnly = entity.GetBoolean("DateOnly") ?? false,
        Times = entity.Required("Times"),
    };

    /// <summary><c>2026-12-08T14:00:00/90</c>, with <c>/2</c> where the later of two is meant, joined by semicolons.</summary>
    public static string WriteTimes(IEnumerable<SessionTime> times) => string.Join(';', times.Select(time =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{LocalTime.Format(time.Start)}/{(long)time.Duration.TotalMinutes}{(time.IsLaterOfTwo ? "/2" : "")}")));

    public static IReadOnlyList<SessionTime> ReadTimes(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('/') is [var start, var minutes, .. var rest]
            ? new SessionTime(LocalTime.Parse(start).GetValueOrThrow(), Duration.FromMinutes(long.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)), rest.Length > 0)
            : throw new FormatException("Not a session's time."))];
}
