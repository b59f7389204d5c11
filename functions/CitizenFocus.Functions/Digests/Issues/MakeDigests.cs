using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>Every five minutes: makes the issues that are due, and puts their shards on the queue; also what a process that died left half done.</summary>
internal sealed partial class MakeDigests(MakeIssue make, IssueStore issues, ShardQueue queue, TimeProvider clock, ILogger<MakeDigests> logger) : ITimerFunction
{
    public const string FunctionName = "MakeDigests";

    private static readonly DigestCadence[] Cadences = Enum.GetValues<DigestCadence>();

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        foreach (var cadence in Cadences)
        {
            if (await make.IfDueAsync(cadence, cancellationToken) is { } issue) Made(logger, issue.Key, issue.UpTo - issue.After);
        }

        foreach (var cadence in Cadences) await QueueAsync(cadence, cancellationToken);
    }

    /// <summary>Puts all shards of issues of which that is not known to be done; one that is put twice does nothing the second time.</summary>
    public async Task QueueAsync(DigestCadence cadence, CancellationToken cancellationToken)
    {
        foreach (var issue in (await issues.ListAsync(cadence, cancellationToken)).Where(issue => issue.QueuedAt is null))
        {
            await queue.EnqueueAllAsync(issue.Key, cancellationToken);
            await issues.QueuedAsync(issue.Key, clock.GetUtcNow(), cancellationToken);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Issue {Issue} of the digest was made, with {Count} commitments.")]
    private static partial void Made(ILogger logger, IssueKey issue, int count);
}
