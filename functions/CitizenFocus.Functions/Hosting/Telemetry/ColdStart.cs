using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>How long it took from the start of this process to its first answer, measured once in its life.</summary>
internal sealed class ColdStart(TimeProvider clock)
{
    private static readonly Histogram<double> Duration = Instrumentation.Meter.CreateHistogram<double>(
        "citizenfocus.cold_start.duration", "s", "From the start of a process to its first answer.");

    private double? _seconds;
    private int _isTold;

    public RequestDelegate Middleware(RequestDelegate next) => async context =>
    {
        await next(context);

        // The host's pings for readiness are answers like others: it is ready then. They may come before anybody measures.
        if (_isTold != 0) return;
        _seconds ??= SecondsSinceTheStart();
        if (Duration.Enabled && Interlocked.Exchange(ref _isTold, 1) == 0) Duration.Record(_seconds.Value);
    };

    private double SecondsSinceTheStart()
    {
        using var process = Process.GetCurrentProcess();
        return (clock.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds;
    }
}
