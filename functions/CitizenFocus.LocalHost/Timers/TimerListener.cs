using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Timers;

/// <summary>Fires one timer function, one run at a time. A run that failed is not repeated.</summary>
internal sealed class TimerListener(TimerFunction function, FunctionInvoker invoker, ScheduleStatusStore store, TimeProvider time, ILogger log)
{
    /// <summary>
    /// The clock is looked at this often: while a laptop sleeps its timers stand still, and a single long wait
    /// would end late by that much.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Waking up later than this means that the machine slept.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(1);

    private readonly TimerSchedule _schedule = new(function.Name, function.Schedule);

    /// <summary>Runs until LocalHost stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var watched = function.UseMonitor && _schedule.IsWatched(now);
        var status = _schedule.Resume(watched ? store[function.Name] : null, now);
        if (watched) store[function.Name] = status;

        if (now > status.Next) await FireAsync(isPastDue: true);
        else if (function.RunOnStartup) await FireAsync(isPastDue: false);

        while (true)
        {
            await FireAsync(isPastDue: await WaitAsync(status.Next, cancellationToken));
        }

        async Task FireAsync(bool isPastDue)
        {
            var invocation = time.GetUtcNow();
            log.Firing(function.Name, isPastDue ? " (past due)" : "");
            await invoker.InvokeAsync(function, TimerEnvelope.Write(function, watched ? status : null, isPastDue, invocation), cancellationToken);

            status = _schedule.After(invocation);
            if (watched) store[function.Name] = status;
        }
    }

    /// <returns>Whether the moment was slept through.</returns>
    private async Task<bool> WaitAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        // Due already: the run before took too long, which the host does not call past due.
        if (time.GetUtcNow() >= due) return false;

        while (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellationToken);
        }

        return time.GetUtcNow() - due > Lateness;
    }
}

internal static partial class TimerListenerLog
{
    [LoggerMessage(LogLevel.Information, "{Function} is due{Late}.")]
    public static partial void Firing(this ILogger log, string function, string late);
}
