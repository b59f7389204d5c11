namespace CitizenFocus.Functions.Digests;

/// <summary>What became of each shard of an issue, for organisers: written when a shard is left, so that looking costs one request.</summary>
internal sealed class IssueProgress(Hosting.Storage storage)
{
    private readonly TableClient _table = storage.Table(IssueStore.TableName);

    public Task WriteAsync(ShardPlace place, CancellationToken cancellationToken)
    {
        var entity = place.Counts.WriteTo(new(PartitionOf(place.Issue), place.Shard) { ["IsDone"] = place.IsDone });
        return _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <returns>How many of the 256 shards are done, and what became of the e-mails so far.</returns>
    public async Task<(int ShardsDone, DigestCounts Counts)> OfAsync(IssueKey issue, CancellationToken cancellationToken)
    {
        var (done, counts) = (0, new DigestCounts());
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(issue)}"), cancellationToken: cancellationToken))
        {
            counts += DigestCounts.FromEntity(row);
            if (row.GetBoolean("IsDone") == true) done++;
        }

        return (done, counts);
    }

    private static string PartitionOf(IssueKey issue) => "progress|" + issue;
}
