using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>When a session is, by the clock of the webinar's zone.</summary>
/// <param name="IsLaterOfTwo">Where the clocks are put back and show the start twice: the second time is meant.</param>
public sealed record SessionTime(LocalDateTime Start, Duration Duration, bool IsLaterOfTwo = false)
{
    /// <summary>Where the zone's clock is put forward over it, the moment after the gap.</summary>
    public Instant StartIn(DateTimeZone zone) =>
        IsLaterOfTwo && zone.MapLocal(Start) is { Count: 2 } twice ? twice.Last().ToInstant() : Start.InZoneLeniently(zone).ToInstant();
}

/// <summary>A session of a webinar, numbered from 1.</summary>
public sealed record WebinarSession(int Number, SessionTime Time, Instant Start, Instant End)
{
    public static WebinarSession Of(int number, SessionTime time, DateTimeZone zone)
    {
        var start = time.StartIn(zone);
        return new(number, time, start, start + time.Duration);
    }
}
