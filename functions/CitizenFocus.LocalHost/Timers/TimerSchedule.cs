using NCrontab;

namespace CitizenFocus.LocalHost.Timers;

/// <summary>An NCRONTAB expression: six fields (or five, without seconds), UTC.</summary>
internal sealed class TimerSchedule
{
    /// <summary>Timers that are due more often are not watched by the host: a miss is soon made up for.</summary>
    private static readonly TimeSpan ShortestWatched = TimeSpan.FromMinutes(1);

    private readonly CrontabSchedule _schedule;

    /// <exception cref="LocalHostException">The expression cannot be parsed; the message names the function.</exception>
    public TimerSchedule(string function, string expression)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        _schedule = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 })
            ?? throw new LocalHostException($"{function}/function.json: the schedule '{expression}' is no NCRONTAB expression of six fields.");
    }

    public DateTimeOffset NextAfter(DateTimeOffset instant) =>
        new(DateTime.SpecifyKind(_schedule.GetNextOccurrence(instant.UtcDateTime), DateTimeKind.Utc));

    /// <summary>Whether the host keeps this schedule's state.</summary>
    public bool IsWatched(DateTimeOffset now)
    {
        var next = NextAfter(now);
        return NextAfter(next) - next >= ShortestWatched;
    }

    /// <summary>The state to go on with at a start: the one kept, unless there is none or the schedule was changed since.</summary>
    public ScheduleStatus Resume(ScheduleStatus? kept, DateTimeOffset now) =>
        kept is not null && kept.Next == NextAfter(kept.LastUpdated)
            ? kept
            : new(kept?.Last, NextAfter(now), now);

    /// <summary>The state after a run.</summary>
    public ScheduleStatus After(DateTimeOffset invocation) => new(invocation, NextAfter(invocation), invocation);
}
