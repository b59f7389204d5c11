using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// The table Subscribers: who gets the digest, in 256 partitions by person id. What subscribers decide (topics, leaving) and
/// what sending writes (the ledger) are columns of their own, merged, so that neither writes over the other.
/// </summary>
internal sealed class SubscriberStore(Hosting.Storage storage)
{
    public const string TableName = "Subscribers";

    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Stored<Subscriber>?> FindAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(person.Shard, person.Value, cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row } ? new(SubscriberMapping.FromEntity(row), row.ETag) : null;
    }

    /// <summary>Somebody new; or somebody who left, or wants something else, whose ledger stays.</summary>
    /// <param name="etag">Of the row that was there.</param>
    /// <exception cref="RequestFailedException">It changed since it was read: a conflict.</exception>
    public Task PutAsync(Subscriber subscriber, ETag? etag, CancellationToken cancellationToken) => etag is { } expected
        ? _table.UpdateEntityAsync(SubscriberMapping.ToEntity(subscriber), expected, TableUpdateMode.Merge, cancellationToken)
        : _table.AddEntityAsync(SubscriberMapping.ToEntity(subscriber), cancellationToken);

    public Task ChangeWishAsync(PersonId person, SubscriptionWish wish, ETag etag, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(SubscriberMapping.Wish(new(person.Shard, person.Value), wish), etag, TableUpdateMode.Merge, cancellationToken);

    /// <returns><see langword="false"/> where there is no such subscriber.</returns>
    public Task<bool> LeaveAsync(PersonId person, DateTimeOffset at, string? reason, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(person.Shard, person.Value) { ["IsActive"] = false, ["LeftAt"] = at };
        if (reason is not null) entity["LeaveReason"] = reason;
        return MergeAsync(entity, cancellationToken);
    }

    /// <summary>As if they had never left: what came meanwhile is in the next issue to them.</summary>
    /// <returns><see langword="false"/> where there is no such subscriber.</returns>
    public Task<bool> ReturnAsync(PersonId person, CancellationToken cancellationToken) =>
        MergeAsync(new(person.Shard, person.Value) { ["IsActive"] = true, ["LeaveReason"] = "" }, cancellationToken);

    /// <returns><see langword="false"/> where there is no such subscriber.</returns>
    public Task<bool> MergeAsync(TableEntity entity, CancellationToken cancellationToken) => MergeAsync(entity, ETag.All, cancellationToken);

    /// <summary>How many get the digest so often; reads them all, a request a thousand.</summary>
    public async Task<int> CountAsync(DigestCadence cadence, CancellationToken cancellationToken)
    {
        var name = cadence.ToString();
        var count = 0;
        await foreach (var _ in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"Cadence eq {name} and IsActive eq {true}"), select: ["RowKey"], cancellationToken: cancellationToken)) count++;
        return count;
    }

    /// <summary>Deletes those of a shard who left before <paramref name="before"/>.</summary>
    public async Task ForgetLeftAsync(string shard, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {shard} and IsActive eq {false} and LeftAt lt {before}"), cancellationToken: cancellationToken))
        {
            // Who came back meanwhile has another ETag.
            await OptimisticRetry.TryAsync(() => _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken));
        }
    }

    private Task<bool> MergeAsync(TableEntity entity, ETag etag, CancellationToken cancellationToken) =>
        OptimisticRetry.TryAsync(() => _table.UpdateEntityAsync(entity, etag, TableUpdateMode.Merge, cancellationToken));
}
