using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>
/// The table Commitments: what was proposed, published, declined and withdrawn, and, in the same partition, which e-mails
/// are owed for it (<see cref="OwedEmail"/>) and which entries of imports were seen.
/// </summary>
internal sealed class CommitmentStore(Hosting.Storage storage, ListSnapshot<Commitment> published, Pages pages)
{
    public const string TableName = "Commitments";

    private const string SeenPrefix = "x|";
    private const string OwedPrefix = "o|";
    private const string Beyond = "o}";
    private readonly Timeline _timeline = new(storage, TableName);
    private readonly TableClient _table = storage.Table(TableName);

    /// <summary>Of any status.</summary>
    public async Task<StoredCommitment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _timeline.FindAsync(id, cancellationToken) is { } entity ? new(CommitmentMapping.FromEntity(entity), entity) : null;

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => await _timeline.FindAsync(id, cancellationToken) is not null;

    /// <summary>Those of a status, the latest first, without their proposers.</summary>
    public async Task<(IReadOnlyList<Commitment> Commitments, string? Next)> ListAsync(CommitmentStatus status, string? after, int count, CancellationToken cancellationToken)
    {
        var page = await _timeline.ListAsync(CommitmentMapping.ListOf(status), after, count, cancellationToken);
        return ([.. page.Items.Select(CommitmentMapping.FromEntity)], page.Next);
    }

    /// <summary>All that are published, the latest first, as they were up to a minute ago.</summary>
    public Task<IReadOnlyList<Placed<Commitment>>> SnapshotAsync(CancellationToken cancellationToken) => published.GetAsync(
        async loading =>
        {
            var entities = await _timeline.ListAllAsync(CommitmentMapping.PublishedList, loading);
            return [.. entities.Select(entity => new Placed<Commitment>(Timeline.PositionOf(entity), CommitmentMapping.FromEntity(entity)))];
        },
        cancellationToken);

    /// <param name="owes">The e-mail that is owed for it.</param>
    /// <param name="seen">Tells the entry of an import that it came from.</param>
    /// <returns><see langword="false"/> where there is one of that id, or the entry was seen before.</returns>
    public Task<bool> TryAddAsync(Commitment commitment, OwedEmail? owes, string? seen, CancellationToken cancellationToken) =>
        ChangeAsync(_timeline.TryAddAsync(CommitmentMapping.ToItem(commitment), [.. Owe(owes), .. See(seen, commitment)], cancellationToken));

    /// <returns><see langword="false"/> where it changed since it was read.</returns>
    public Task<bool> TryReplaceAsync(StoredCommitment before, Commitment commitment, OwedEmail? owes, CancellationToken cancellationToken) =>
        ChangeAsync(_timeline.TryReplaceAsync(before.Entity, CommitmentMapping.ToItem(commitment), Owe(owes), cancellationToken));

    /// <summary>Whether an import has brought this entry already.</summary>
    public async Task<bool> WasSeenAsync(string seen, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(Timeline.Partition, SeenPrefix + seen, ["RowKey"], cancellationToken)).HasValue;

    /// <summary>The e-mails that are owed and, as far as is known, not on the queue.</summary>
    public async Task<IReadOnlyList<OwedEmail>> ListOwedAsync(CancellationToken cancellationToken)
    {
        var owed = new List<OwedEmail>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Timeline.Partition} and RowKey gt {OwedPrefix} and RowKey lt {Beyond}"), cancellationToken: cancellationToken))
        {
            owed.Add(OwedEmail.Parse(row.Required("Person"), row.Required("Key")));
        }

        return owed;
    }

    public Task RemoveOwedAsync(OwedEmail owed, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Timeline.Partition, OwedPrefix + owed.Key, ETag.All, cancellationToken);

    private static TableTransactionAction[] Owe(OwedEmail? owed) => owed is null
        ? []
        : [new(TableTransactionActionType.UpsertReplace, new TableEntity(Timeline.Partition, OwedPrefix + owed.Key) { ["Person"] = owed.Person.Value, ["Key"] = owed.Key.Value })];

    private static TableTransactionAction[] See(string? seen, Commitment commitment) => seen is null
        ? []
        : [new(TableTransactionActionType.Add, new TableEntity(Timeline.Partition, SeenPrefix + seen) { ["Commitment"] = commitment.Id, ["SeenAt"] = commitment.SubmittedAt })];

    private async Task<bool> ChangeAsync(Task<bool> change)
    {
        try
        {
            return await change;
        }
        finally
        {
            // Also after a failure: perhaps only the answer was lost.
            published.Invalidate();
            pages.Invalidate();
        }
    }
}

/// <summary>A commitment as it was read, with the row that its next change replaces.</summary>
internal sealed record StoredCommitment(Commitment Value, TableEntity Entity)
{
    public ETag ETag => Entity.ETag;
}
