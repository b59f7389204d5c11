using System.Diagnostics.Metrics;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>How far the latest issues are, for as long as they may be under way.</summary>
internal sealed class DigestsWatch(IssueStore issues, IssueProgress progress, TimeProvider clock) : IWatch
{
    /// <summary>A million e-mails at the default limits of a provider take longer; the organisers' page has the rest.</summary>
    public static readonly TimeSpan UnderWay = TimeSpan.FromDays(7);

    private static readonly Gauge<long> Shards = Instrumentation.Meter.CreateGauge<long>(
        "citizenfocus.digest.shards", "{shard}", "Of the 256 parts of an issue's subscribers, how many are done and how many are left.");

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await issues.FindStateAsync(cancellationToken) is not { Value: var state }) return;
        foreach (var cadence in Enum.GetValues<DigestCadence>())
        {
            IssueKey latest = new(cadence, state.Of(cadence).Issues);
            if (await issues.FindAsync(latest, cancellationToken) is not { } issue || clock.GetUtcNow() - issue.MadeAt > UnderWay) continue;
            var (done, _) = await progress.OfAsync(issue.Key, cancellationToken);
            KeyValuePair<string, object?> name = new(Instrumentation.Tags.Issue, issue.Name);
            Shards.Record(done, name, new(Instrumentation.Tags.State, "done"));
            Shards.Record(PersonId.Shards.Length - done, name, new(Instrumentation.Tags.State, "left"));
        }
    }
}
