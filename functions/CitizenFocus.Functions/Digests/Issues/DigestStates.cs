using CitizenFocus.Functions.Hosting;
using NodaTime;

namespace CitizenFocus.Functions.Digests;

/// <summary>The state, which begins with the first who asks for it: a site that begins has seen to all that was due before.</summary>
internal sealed class DigestStates(IssueStore issues, DigestSchedule schedule, TimeProvider clock)
{
    public async Task<Stored<DigestState>> GetAsync(CancellationToken cancellationToken) => await OptimisticRetry.RunAsync(async () =>
        await issues.FindStateAsync(cancellationToken)
        ?? await issues.PutStateAsync(new() { LastNumber = 0, Weekly = Begun(DigestCadence.Weekly), Monthly = Begun(DigestCadence.Monthly) }, null, cancellationToken));

    private CadenceState Begun(DigestCadence cadence) => new() { DueAt = schedule.LastDue(cadence, Instant.FromDateTimeOffset(clock.GetUtcNow())).ToDateTimeOffset() };
}
