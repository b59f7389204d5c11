using Ical.Net;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Extensions;
using Period = NodaTime.Period;

namespace CitizenFocus.Functions.Webinars.Calendar;

/// <summary>
/// A webinar's sessions as one recurring entry: a rule that meets each of their days, without the days between that have
/// none, and with the sessions that begin or end at another hour than the first. Outlook does not open an entry with
/// RDATE and no RRULE, and takes one occurrence a day: docs/decisions/calendar.md.
/// </summary>
internal sealed record SessionSeries
{
    private const int DaysAWeek = 7;

    /// <summary>What the rule counts days by: the webinar's zone, or UTC.</summary>
    public required DateTimeZone Clock { get; init; }

    public required Interval First { get; init; }

    /// <summary><see langword="null"/> where one entry is all there is.</summary>
    public RecurrenceRule? Rule { get; init; }

    /// <summary>What the rule would have and the webinar has not, by <see cref="Clock"/>.</summary>
    public IReadOnlyList<LocalDateTime> Excluded { get; init; } = [];

    /// <summary>What differs from what the rule would have, by <see cref="Clock"/>.</summary>
    public IReadOnlyList<(LocalDateTime Nominal, Interval Actual)> Moved { get; init; } = [];

    public static SessionSeries Of(Webinar webinar)
    {
        if (webinar.DateOnly) return Of(DateTimeZone.Utc, [.. webinar.Sessions.Select(session => WholeDays(session.Time))]);

        // A clock that is changed on the first day cannot say what a rule begins with, or for how long.
        Interval[] sessions = [.. webinar.Sessions.Select(session => new Interval(session.Start, session.End))];
        return Of(IsPlain(sessions[0], webinar.Zone) ? webinar.Zone : DateTimeZone.Utc, sessions);
    }

    private static SessionSeries Of(DateTimeZone clock, IReadOnlyList<Interval> sessions)
    {
        Interval[] days = [.. sessions
            .GroupBy(session => Local(session.Start, clock).Date)
            .Select(day => new Interval(day.First().Start, day.Max(session => session.End)))];
        var first = days[0];
        if (days.Length == 1) return new() { Clock = clock, First = first };

        var start = Local(first.Start, clock);
        var byDay = days.ToDictionary(day => Period.DaysBetween(start.Date, Local(day.Start, clock).Date));
        var last = byDay.Keys.Max();
        var step = byDay.Keys.Aggregate(GreatestCommonDivisor);
        var (excluded, moved) = (new List<LocalDateTime>(), new List<(LocalDateTime, Interval)>());
        for (var day = step; day <= last; day += step)
        {
            var nominal = start.PlusDays(day);
            if (!byDay.TryGetValue(day, out var actual)) excluded.Add(nominal);
            else if (!IsAt(nominal, actual, clock) || actual.Duration != first.Duration || !IsPlain(actual, clock)) moved.Add((nominal, actual));
        }

        return new() { Clock = clock, First = first, Rule = RuleOf(start, step, last / step + 1), Excluded = excluded, Moved = moved };
    }

    private static RecurrenceRule RuleOf(LocalDateTime start, int step, int count) => step % DaysAWeek == 0
        ? new(FrequencyType.Weekly) { Interval = step / DaysAWeek, Count = count, ByDay = [new(start.DayOfWeek.ToDayOfWeek())] }
        : new(FrequencyType.Daily) { Interval = step, Count = count };

    private static bool IsAt(LocalDateTime nominal, Interval actual, DateTimeZone clock) =>
        clock.MapLocal(nominal) is { Count: 1 } once && once.Single().ToInstant() == actual.Start;

    /// <summary>Its ends are shown once, and the clock is not changed in it: readers differ in which hour it would end.</summary>
    private static bool IsPlain(Interval session, DateTimeZone clock) =>
        clock.MapLocal(Local(session.Start, clock)).Count == 1
        && clock.MapLocal(Local(session.End, clock)).Count == 1
        && clock.GetUtcOffset(session.Start) == clock.GetUtcOffset(session.End);

    private static Interval WholeDays(SessionTime time) => new(
        time.Start.Date.AtMidnight().InUtc().ToInstant(),
        WebinarTimes.LastDay(time).PlusDays(1).AtMidnight().InUtc().ToInstant());

    private static LocalDateTime Local(Instant instant, DateTimeZone clock) => instant.InZone(clock).LocalDateTime;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
