using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace CitizenFocus.Functions.Digests;

/// <summary>When digests are due: by the clock on the wall, so that a change of the hour does not move them.</summary>
internal sealed class DigestSchedule(DigestOptions options)
{
    /// <summary>The latest moment that was due, up to and with <paramref name="now"/>.</summary>
    public Instant LastDue(DigestCadence cadence, Instant now)
    {
        var today = now.InZone(options.Zone).Date;
        var due = MomentOf(cadence, today);
        return due <= now ? due : MomentOf(cadence, cadence == DigestCadence.Weekly ? today.PlusWeeks(-1) : today.PlusMonths(-1));
    }

    /// <summary>The first moment that is due after <paramref name="now"/>.</summary>
    public Instant NextDue(DigestCadence cadence, Instant now)
    {
        var last = LastDue(cadence, now).InZone(options.Zone).Date;
        return MomentOf(cadence, cadence == DigestCadence.Weekly ? last.PlusWeeks(1) : last.PlusMonths(1));
    }

    /// <summary>What an issue of that moment is called in its address: <c>2026-W53</c>, or <c>2026-12</c>.</summary>
    public string NameOf(DigestCadence cadence, Instant moment)
    {
        var date = moment.InZone(options.Zone).Date;
        var weeks = WeekYearRules.Iso;
        return cadence == DigestCadence.Weekly
            ? string.Create(CultureInfo.InvariantCulture, $"{weeks.GetWeekYear(date):0000}-W{weeks.GetWeekOfWeekYear(date):00}")
            : string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}");
    }

    /// <summary>Of the week, or the month, of a day; may be before or after that day.</summary>
    private Instant MomentOf(DigestCadence cadence, LocalDate day)
    {
        var date = cadence == DigestCadence.Weekly
            ? day.PlusDays(1).Previous(IsoDayOfWeek.Monday).PlusDays(options.Day - IsoDayOfWeek.Monday)
            : new LocalDate(day.Year, day.Month, 1).PlusDays(-1).Next(options.Day);
        return date.At(options.Time).InZoneLeniently(options.Zone).ToInstant();
    }
}
