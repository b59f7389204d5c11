using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// Gives each published commitment the next number, once and for good. Numbers are what issues and subscribers are reckoned
/// by: an issue holds a range of them, and each range begins where the one before ended.
/// </summary>
internal sealed class NumberCommitments(IssueStore issues, CommitmentService commitments, TimeProvider clock)
{
    /// <summary>What was announced and is not published after so long never was; publishing it later announces it again.</summary>
    private static readonly TimeSpan LongestPublishing = TimeSpan.FromDays(1);

    /// <returns>The state after it.</returns>
    /// <exception cref="RequestFailedException">Somebody else was first: a conflict.</exception>
    public async Task<Stored<DigestState>> RunAsync(Stored<DigestState> state, string operationId, CancellationToken cancellationToken)
    {
        foreach (var chunk in (await ListPublishedAsync(cancellationToken)).Chunk(IssueStore.MostNumberedAtOnce))
        {
            state = await issues.NumberAsync(state, [.. chunk.Select(commitment => commitment.Id)], operationId, cancellationToken);
        }

        return state;
    }

    /// <summary>The published ones without a number, the earliest first; others are forgotten on the way where nothing will come of them.</summary>
    public async Task<IReadOnlyList<Commitment>> ListPublishedAsync(CancellationToken cancellationToken)
    {
        var published = new List<Commitment>();
        foreach (var pending in await issues.ListPendingAsync(cancellationToken))
        {
            var commitment = await commitments.FindAsync(pending.Commitment, cancellationToken);
            var isNumbered = await issues.IsNumberedAsync(pending.Commitment, cancellationToken);
            if (commitment?.Status == CommitmentStatus.Published && !isNumbered) published.Add(commitment);
            else if (isNumbered || clock.GetUtcNow() - pending.AnnouncedAt > LongestPublishing) await issues.ForgetPendingAsync(pending, cancellationToken);
        }

        return [.. published.OrderBy(commitment => commitment.PublishedAt).ThenBy(commitment => commitment.Id, StringComparer.Ordinal)];
    }
}
