using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Hosting.Watching;

/// <summary>
/// Every five minutes: looks at what is stored for signs that something does not go on, measures it, and says so in the log,
/// where alerts listen. It mends nothing, and a watch that fails keeps no other from looking.
/// </summary>
internal sealed partial class WatchSite(IEnumerable<IWatch> watches, ILogger<WatchSite> logger) : ITimerFunction
{
    public const string FunctionName = "WatchSite";

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        foreach (var watch in watches)
        {
            try
            {
                await watch.LookAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                faults.Add(e);
            }
        }

        if (faults.Count > 0) throw new AggregateException("A part of the site could not be looked at.", faults);
        Done(logger);
    }

    [LoggerMessage(1, LogLevel.Information, "All parts of the site were looked at." + Trouble.WatchDone)]
    private static partial void Done(ILogger logger);
}

/// <summary>Looks at one part of the site. Reads little: it runs as often for a site that sleeps.</summary>
internal interface IWatch
{
    Task LookAsync(CancellationToken cancellationToken);
}
