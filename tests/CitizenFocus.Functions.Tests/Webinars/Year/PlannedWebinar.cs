using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Year;

/// <summary>A webinar of the simulated year and what befalls it, with what must come of that, worked out by .NET's own time zones.</summary>
internal sealed class PlannedWebinar
{
    private static readonly TimeSpan[] Offsets = [TimeSpan.FromHours(24), TimeSpan.FromHours(1)];
    private static readonly TimeSpan TellingDelay = TimeSpan.FromMinutes(10);

    public required Webinar Webinar { get; init; }

    public required DateTime LocalStart { get; init; }

    /// <summary>When the organisers move it an hour on.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>When the organisers cancel it.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    public required IReadOnlyList<PlannedPerson> People { get; init; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Webinar.Zone.Id);

    public DateTimeOffset FirstStart => Utc(LocalStart);

    /// <summary>In the end.</summary>
    public DateTimeOffset Start => Utc(MovedTo ?? LocalStart);

    public DateTime? MovedTo => MovedAt is null ? null : LocalStart.AddHours(1);

    public DateTimeOffset End => Start.AddMinutes(60);

    /// <summary>When something is due.</summary>
    public IEnumerable<DateTimeOffset> Moments =>
    [
        .. Offsets.SelectMany(offset => new[] { FirstStart - offset, Start - offset }), Start, End, End.AddHours(24),
        .. MovedAt is { } moved ? [moved, moved + TellingDelay] : Array.Empty<DateTimeOffset>(),
        .. CancelledAt is { } cancelled ? [cancelled] : Array.Empty<DateTimeOffset>(),
    ];

    /// <summary>The reminders that a person gets, by the start that each is for, and its moment.</summary>
    public IEnumerable<(DateTimeOffset Start, DateTimeOffset Moment)> RemindersOf(PlannedPerson person)
    {
        foreach (var start in new[] { FirstStart, Start }.Distinct())
        {
            foreach (var moment in Offsets.Select(offset => start - offset))
            {
                var isForIt = MovedAt is not { } moved || (start == FirstStart ? moment < moved : moment > moved + TellingDelay);
                if (isForIt && person.RegistersAt < moment && !(person.CancelsAt < moment) && !(CancelledAt < moment)) yield return (start, moment);
            }
        }
    }

    public bool ComesToTheEnd(PlannedPerson person) => person.CancelsAt is null && CancelledAt is null;

    public bool IsToldOfTheMove(PlannedPerson person) => MovedAt is { } moved && person.RegistersAt < moved && !(person.CancelsAt < moved + TellingDelay);

    public bool IsToldOfTheCancellation(PlannedPerson person) => CancelledAt is { } cancelled && person.RegistersAt < cancelled && person.CancelsAt is null;

    public override string ToString() => $"{Webinar.Title} at {LocalStart:s} {Webinar.Zone.Id}, moved {MovedAt:u}, cancelled {CancelledAt:u}";

    private DateTimeOffset Utc(DateTime local) => new(TimeZoneInfo.ConvertTimeToUtc(local, Zone), TimeSpan.Zero);

    /// <summary>A year of them, on and about the days on which the clocks change.</summary>
    public static IReadOnlyList<PlannedWebinar> Year(Random random, DateTime from, int webinars, int registrations)
    {
        string[] zones = ["Europe/Brussels", "Europe/Lisbon", "Europe/Athens", "Europe/Helsinki", "Atlantic/Azores"];

        // The last Sundays of October and March, and the days after them.
        DateTime[] changes = [new(2026, 10, 25), new(2026, 10, 26), new(2027, 3, 28), new(2027, 3, 29)];
        return
        [
            .. Enumerable.Range(0, webinars).Select(n =>
            {
                var day = n % 2 == 0 ? changes[n / 2 % changes.Length] : from.AddDays(25 + (330 * n / webinars));
                var start = day.AddHours(n % 3 == 0 ? 10 : 15).AddMinutes(n % 4 * 15);
                var zone = zones[n % zones.Length];
                var utc = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(start, TimeZoneInfo.FindSystemTimeZoneById(zone)), TimeSpan.Zero);
                return new PlannedWebinar
                {
                    Webinar = a.Webinar(w => w with
                    {
                        Title = $"Webinar {n}",
                        Start = LocalDateTime.FromDateTime(start),
                        Zone = DateTimeZoneProviders.Tzdb[zone],
                        Duration = Duration.FromMinutes(60),
                        Capacity = null,
                        AwaitsRecording = false,
                    }),
                    LocalStart = start,
                    MovedAt = n % 5 == 2 ? utc.AddDays(-4) : null,
                    CancelledAt = n % 10 == 7 ? utc.AddDays(-2) : null,
                    People = [.. Enumerable.Range(0, registrations / webinars).Select(_ => PlannedPerson.For(random, utc))],
                };
            }),
        ];
    }
}

/// <summary>Registers, and may cancel.</summary>
internal sealed record PlannedPerson(string Address, DateTimeOffset RegistersAt, DateTimeOffset? CancelsAt)
{
    public static PlannedPerson For(Random random, DateTimeOffset start)
    {
        // Most in the three weeks before, some on the last day and in the last hour; a little off the minute, as people are.
        var before = random.Next(10) switch
        {
            0 => TimeSpan.FromMinutes(random.Next(10, 55)),
            1 or 2 => TimeSpan.FromMinutes(random.Next(70, 23 * 60)),
            _ => TimeSpan.FromMinutes(random.Next(25 * 60, 21 * 24 * 60)),
        };
        var registersAt = start - before - TimeSpan.FromSeconds(17);
        var cancels = before > TimeSpan.FromDays(5) && random.Next(8) == 0;
        return new(a.Address("p"), registersAt, cancels ? registersAt.AddHours(random.Next(2, 90)) : null);
    }
}
