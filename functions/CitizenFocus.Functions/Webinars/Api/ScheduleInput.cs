using System.Collections.Frozen;
using System.Globalization;
using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Api;

/// <summary>When a webinar is.</summary>
/// <param name="Zone">Of all its sessions.</param>
/// <param name="Sessions">In order, at least one.</param>
/// <param name="DateOnly">By its days only.</param>
internal sealed record Schedule(DateTimeZone Zone, IReadOnlyList<SessionTime> Sessions, bool DateOnly)
{
    public Instant Start => Sessions[0].StartIn(Zone);

    public Instant End => Sessions[^1].StartIn(Zone) + Sessions[^1].Duration;

    public static Schedule Of(Webinar webinar) => new(webinar.Zone, [.. webinar.Sessions.Select(session => session.Time)], webinar.DateOnly);

    /// <summary>The first session has begun; of days only, the first is over.</summary>
    public bool HasBegun(Instant now) => DateOnly ? Sessions[0].Start.Date < now.InZone(Zone).Date : Start < now;

    public bool IsSameAs(Schedule other) =>
        (Zone.Id, DateOnly, WebinarFace.WriteTimes(Sessions)) == (other.Zone.Id, other.DateOnly, WebinarFace.WriteTimes(other.Sessions));
}

/// <summary>Reads when a webinar is: local times, each of which is there once or said to be the first or the second of two.</summary>
internal sealed class ScheduleInput(Submission.Fields sent, ValidationErrors errors)
{
    private const int MaxMinutes = 14 * 24 * 60;
    private const int DefaultMinutes = 60;
    private const int MaxFurtherSessions = 50;
    private const string FurtherSessions = "furtherSessions";
    private const string First = "first";
    private const string Second = "second";

    private static readonly FrozenSet<string> Zones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);
    private static readonly LocalDateTimePattern[] Times = [LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), LocalDateTimePattern.GeneralIso];

    private readonly FieldReader _fields = new(sent, errors);

    /// <returns><see langword="null"/> where anything is wrong.</returns>
    public Schedule? Read()
    {
        var before = errors.Count;
        var dateOnly = _fields.Flag("dateOnly", false);
        var typedStart = sent.Text("start");
        var start = string.IsNullOrWhiteSpace(typedStart) ? null : Parse(typedStart, dateOnly);
        if (start is null) errors.Add("start", $"Enter the local start, such as {(dateOnly ? "2026-12-06" : "2026-12-06T15:00")}.");

        var zone = TypedText.Clean(sent.Text("zone")) is { } id && Zones.Contains(id) ? DateTimeZoneProviders.Tzdb[id] : null;
        if (zone is null) errors.Add("zone", "Enter an IANA time zone, such as Europe/Brussels.");

        var occurrence = ReadOccurrence();
        var minutes = _fields.Number("durationMinutes", 1, MaxMinutes);
        var end = ReadEnd(dateOnly);
        var further = ReadFurther(dateOnly);
        if (start is not { } local || zone is null) return null;

        var first = new SessionTime(local, Duration.FromMinutes(minutes ?? DefaultMinutes), IsLaterOfTwo("start", "", local, zone, occurrence, dateOnly));
        if (end is { } until) first = first with { Duration = DurationUntil(until, first, zone, dateOnly) };
        var sessions = new List<SessionTime> { first };
        foreach (var (time, which) in further)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"Session {sessions.Count + 1}: ");
            var session = time with { IsLaterOfTwo = IsLaterOfTwo(FurtherSessions, number, time.Start, zone, which, dateOnly) };
            if (session.StartIn(zone) < sessions[^1].StartIn(zone) + sessions[^1].Duration)
            {
                errors.Add(FurtherSessions, number + "it begins before the one before it has ended. Put them in order.");
            }

            sessions.Add(session);
        }

        return errors.Count > before ? null : new(zone, sessions, dateOnly);
    }

    private bool? ReadOccurrence()
    {
        if (TypedText.Clean(sent.Text("startOccurrence")) is not { } typed) return null;
        if (ParseOccurrence(typed) is { } later) return later;
        errors.Add("startOccurrence", $"Enter {First} or {Second}, or leave it out.");
        return null;
    }

    private LocalDateTime? ReadEnd(bool dateOnly)
    {
        if (TypedText.Clean(sent.Text("end")) is not { } typed) return null;
        if (TypedText.Clean(sent.Text("durationMinutes")) is not null)
        {
            errors.Add("end", "Send the end or durationMinutes, not both.");
            return null;
        }

        var end = Parse(typed, dateOnly);
        if (end is null) errors.Add("end", $"Enter the local end, such as {(dateOnly ? "2026-12-06" : "2026-12-06T16:30")}.");

        // A last day is meant to its end.
        return IsDay(typed) ? end?.PlusDays(1) : end;
    }

    /// <summary>Those that read as a time and a length; which of two a time is, where that was said.</summary>
    private List<(SessionTime Time, bool? IsLater)> ReadFurther(bool dateOnly)
    {
        var typed = sent.All(FurtherSessions).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        if (typed.Count > MaxFurtherSessions) errors.Add(FurtherSessions, $"Use {MaxFurtherSessions} or fewer.");

        var sessions = new List<(SessionTime, bool?)>();
        foreach (var text in typed.Take(MaxFurtherSessions))
        {
            var parts = text.Split('/');
            if (parts.Length is 2 or 3
                && Parse(parts[0], dateOnly) is { } start
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                && minutes is >= 1 and <= MaxMinutes
                && (parts.Length == 2 || ParseOccurrence(parts[2]) is not null))
            {
                sessions.Add((new(start, Duration.FromMinutes(minutes)), parts.Length == 3 ? ParseOccurrence(parts[2]) : null));
            }
            else
            {
                errors.Add(FurtherSessions, string.Create(
                    CultureInfo.InvariantCulture, $"Session {sessions.Count + 2}: enter its local start and its minutes, such as 2026-12-10T14:00/90."));
                return [];
            }
        }

        return sessions;
    }

    private bool IsLaterOfTwo(string field, string which, LocalDateTime local, DateTimeZone zone, bool? isLater, bool dateOnly)
    {
        // Of a day it does not matter whether its midnight is there.
        if (dateOnly) return false;
        switch (zone.MapLocal(local).Count)
        {
            case 0:
                errors.Add(field, $"{which}On that day the clocks of {zone.Id} are put forward over {Time(local)}: it does not exist. Choose another time.");
                return false;
            case 2 when isLater is null:
                errors.Add(field, $"{which}On that day the clocks of {zone.Id} are put back, and {Time(local)} comes twice. Which one? "
                    + (field == "start" ? $"Send startOccurrence: {First} or {Second}." : $"Add /{First} or /{Second}."));
                return false;
            case 2:
                return isLater.Value;
            default:
                return false;
        }
    }

    private Duration DurationUntil(LocalDateTime end, SessionTime first, DateTimeZone zone, bool dateOnly)
    {
        if (dateOnly) return Judged(end.InUtc().ToInstant() - first.Start.InUtc().ToInstant());

        var ends = zone.MapLocal(end);
        if (ends.Count == 1) return Judged(ends.Single().ToInstant() - first.StartIn(zone));
        errors.Add("end", ends.Count == 0
            ? $"On that day the clocks of {zone.Id} are put forward over {Time(end)}: it does not exist. Choose another time."
            : $"On that day the clocks of {zone.Id} are put back, and {Time(end)} comes twice. Send durationMinutes instead.");
        return first.Duration;

        Duration Judged(Duration duration)
        {
            if (duration <= Duration.Zero) errors.Add("end", "Choose an end after the start.");
            else if (duration > Duration.FromMinutes(MaxMinutes)) errors.Add("end", "Choose an end within 14 days of the start.");
            else return duration;
            return first.Duration;
        }
    }

    private static bool? ParseOccurrence(string text) => text switch { First or "1" => false, Second or "2" => true, _ => null };

    private static bool IsDay(string text) => LocalDatePattern.Iso.Parse(text.Trim()).Success;

    /// <summary>To the minute, in a century in which NodaTime's and the calendars' arithmetic has room on both sides.</summary>
    private static LocalDateTime? Parse(string text, bool dateOnly)
    {
        LocalDateTime? parsed = null;
        if (dateOnly && LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true, Value: var day }) parsed = day.AtMidnight();
        foreach (var pattern in Times)
        {
            if (pattern.Parse(text.Trim()) is { Success: true, Value: var local }) parsed = local;
        }

        return parsed is { Second: 0, NanosecondOfSecond: 0, Year: >= 2000 and < 2200 } ? parsed : null;
    }

    private static string Time(LocalDateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
