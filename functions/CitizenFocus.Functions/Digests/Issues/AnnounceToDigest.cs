using CitizenFocus.Functions.Commitments;

namespace CitizenFocus.Functions.Digests;

/// <summary>Notes each commitment before it is published, for the next issue. One that has a number already gets no other: whoever numbers looks.</summary>
internal sealed class AnnounceToDigest(IssueStore issues, DigestStates states, TimeProvider clock) : ICommitmentPublication
{
    public async Task AnnounceAsync(string commitment, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        // So that the first issue of a new site is due from here on, and not from when somebody looks.
        await states.GetAsync(cancellationToken);
        await issues.AnnounceAsync(commitment, clock.GetUtcNow(), cancellationToken);
    }
}
