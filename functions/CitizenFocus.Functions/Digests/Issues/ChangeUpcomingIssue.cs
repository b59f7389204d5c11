using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <param name="Opening"><see langword="null"/>: stays.</param>
/// <param name="IsHeld"><see langword="null"/>: stays.</param>
internal sealed record UpcomingChange(string? Opening, bool? IsHeld);

/// <summary>What organisers say of the next issue. One that was due while it was held goes out when it is let go.</summary>
internal sealed class ChangeUpcomingIssue(DigestStates states, IssueStore issues, TimeProvider clock)
{
    public Task RunAsync(DigestCadence cadence, UpcomingChange change, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        var state = await states.GetAsync(cancellationToken);
        var before = state.Value.Of(cadence);
        var after = before with
        {
            Opening = change.Opening ?? before.Opening,
            HeldSince = change.IsHeld switch
            {
                true => before.HeldSince ?? clock.GetUtcNow(),
                false => null,
                null => before.HeldSince,
            },
        };
        await issues.PutStateAsync(state.Value.With(cadence, after), state.ETag, cancellationToken);
        return true;
    });
}
