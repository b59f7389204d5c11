using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace CitizenFocus.Functions.Webinars.Calendar;

/// <summary>
/// A zone's VTIMEZONE (RFC 5545 section 3.6.5) from NodaTime's data. Ical.Net's own takes one change of the clock for a
/// yearly rule, which is wrong wherever Ramadan or a parliament sets the dates; here a rule is written only where it
/// gives the very dates that NodaTime has, else the dates themselves.
/// </summary>
internal static class TimeZoneComponent
{
    /// <summary>So far about the events, so that a rule is made of three changes of a kind and not of a coincidence.</summary>
    private static readonly Duration Margin = Duration.FromDays(2 * 366);

    /// <summary>Exact from the first instant to the last; before and after them by rule, where there is one.</summary>
    public static VTimeZone Of(DateTimeZone zone, Instant first, Instant last)
    {
        var component = new VTimeZone(zone.Id);
        var observances = zone.GetZoneIntervals(first - Margin, last + Margin)
            .Select(interval => Observance.Of(interval, zone))
            .GroupBy(o => (o.From, o.To, o.Name, o.IsDaylight));
        var end = (last + Margin).InZone(zone).LocalDateTime;
        foreach (var alike in observances)
        {
            // Without a rule, a component each rather than a list in RDATE, of which ical.js (Thunderbird's) reads the first alone.
            var components = YearlyRule([.. alike.Select(o => o.Onset)], end) is { } rule
                ? [Component(alike.First(), rule)]
                : alike.Select(o => Component(o, null));
            foreach (var one in components) component.TimeZoneInfos.Add(one);
        }

        return component;
    }

    private static VTimeZoneInfo Component(Observance observance, RecurrenceRule? rule) =>
        new(observance.IsDaylight ? "DAYLIGHT" : "STANDARD")
        {
            Start = new(observance.Onset.ToDateTimeUnspecified(), hasTime: true),
            OffsetFrom = new(observance.From.ToTimeSpan()),
            OffsetTo = new(observance.To.ToTimeSpan()),
            TimeZoneName = observance.Name,
            RecurrenceRule = rule,
        };

    /// <summary>"The last (or nth) weekday of a month", where it is met every year until the end at the same hour; else <see langword="null"/>.</summary>
    private static RecurrenceRule? YearlyRule(LocalDateTime[] onsets, LocalDateTime end)
    {
        var first = onsets[0];
        var goesOn = onsets[^1].PlusYears(1).PlusWeeks(1) > end;
        var isYearly = goesOn && onsets.Length > 1 && onsets.Index().All(o =>
            o.Item.Year == first.Year + o.Index && o.Item.Month == first.Month
            && o.Item.DayOfWeek == first.DayOfWeek && o.Item.TimeOfDay == first.TimeOfDay);
        if (!isYearly) return null;

        int? ordinal = onsets.All(IsLastOfItsWeekday) ? -1
            : onsets.All(o => Ordinal(o) == Ordinal(first)) ? Ordinal(first)
            : null;
        return ordinal is null ? null : new(FrequencyType.Yearly)
        {
            ByMonth = [first.Month],
            ByDay = [new(first.DayOfWeek.ToDayOfWeek(), ordinal.Value)],
        };
    }

    private static bool IsLastOfItsWeekday(LocalDateTime day) => day.Date.PlusWeeks(1).Month != day.Month;

    private static int Ordinal(LocalDateTime day) => (day.Day - 1) / 7 + 1;

    /// <param name="Onset">By the clock as it was until then, as DTSTART has it.</param>
    private sealed record Observance(Offset From, Offset To, string Name, bool IsDaylight, LocalDateTime Onset)
    {
        // For what has always been so; before any date that a webinar can have.
        private static readonly LocalDateTime Always = new(1900, 1, 1, 0, 0);

        public static Observance Of(ZoneInterval interval, DateTimeZone zone)
        {
            if (!interval.HasStart) return new(interval.WallOffset, interval.WallOffset, interval.Name, false, Always);
            var before = zone.GetUtcOffset(interval.Start - Duration.Epsilon);
            return new(before, interval.WallOffset, interval.Name, interval.Savings > Offset.Zero, interval.Start.WithOffset(before).LocalDateTime);
        }
    }
}
