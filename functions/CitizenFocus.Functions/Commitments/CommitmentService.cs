namespace CitizenFocus.Functions.Commitments;

/// <summary>What other features may ask of commitments.</summary>
internal sealed class CommitmentService(CommitmentStore store)
{
    private const int LatestAtOnce = 100;

    /// <summary>Of any status, as it is now.</summary>
    public async Task<Commitment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { Value: var commitment } ? commitment : null;

    /// <summary>The published ones, the latest first, as they are now.</summary>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="count">How many at most: 1 to 999.</param>
    public Task<(IReadOnlyList<Commitment> Commitments, string? Next)> ListAsync(string? after, int count, CancellationToken cancellationToken) =>
        store.ListAsync(CommitmentStatus.Published, after, count, cancellationToken);

    /// <summary>Those of them that are published now, by id. The latest cost one request together, older ones one each.</summary>
    public async Task<IReadOnlyDictionary<string, Commitment>> FindPublishedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Commitment>(StringComparer.Ordinal);
        if (ids.Count == 0) return found;
        foreach (var commitment in (await ListAsync(null, LatestAtOnce, cancellationToken)).Commitments)
        {
            if (ids.Contains(commitment.Id)) found[commitment.Id] = commitment;
        }

        foreach (var id in ids.Where(id => !found.ContainsKey(id)))
        {
            if (await FindAsync(id, cancellationToken) is { Status: CommitmentStatus.Published } commitment) found[id] = commitment;
        }

        return found;
    }

    /// <summary>The topics of the published ones, some several times, as they were up to a minute ago.</summary>
    public async Task<IEnumerable<string>> ListTopicsAsync(CancellationToken cancellationToken) =>
        (await store.SnapshotAsync(cancellationToken)).SelectMany(item => item.Value.Topics);

    /// <summary>Adds what was published before this site was: it is announced to nobody. One that is there stays as it is.</summary>
    public async Task AddPublishedBeforeAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        if (await store.ExistsAsync(commitment.Id, cancellationToken)) return;
        await store.TryAddAsync(commitment with { Status = CommitmentStatus.Published, PublishedAt = commitment.PublishedAt ?? commitment.SubmittedAt }, null, null, cancellationToken);
    }
}
