namespace CitizenFocus.Functions.Commitments;

/// <summary>What other features may ask of commitments.</summary>
internal sealed class CommitmentService(CommitmentStore store)
{
    /// <summary>Of any status, as it is now.</summary>
    public async Task<Commitment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { Value: var commitment } ? commitment : null;

    /// <summary>The published ones, the latest first, as they are now.</summary>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="count">How many at most: 1 to 999.</param>
    public Task<(IReadOnlyList<Commitment> Commitments, string? Next)> ListAsync(string? after, int count, CancellationToken cancellationToken) =>
        store.ListAsync(CommitmentStatus.Published, after, count, cancellationToken);

    /// <summary>Adds what was published before this site was: it is announced to nobody. One that is there stays as it is.</summary>
    public async Task AddPublishedBeforeAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        if (await store.ExistsAsync(commitment.Id, cancellationToken)) return;
        await store.TryAddAsync(commitment with { Status = CommitmentStatus.Published, PublishedAt = commitment.PublishedAt ?? commitment.SubmittedAt }, null, null, cancellationToken);
    }
}
