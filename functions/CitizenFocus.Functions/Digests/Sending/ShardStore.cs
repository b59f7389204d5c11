using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>A subscriber's row as a step is to write it.</summary>
/// <param name="ETag">Of the row as it was read; <see cref="ETag.All"/> where the place's lock is enough.</param>
internal sealed record ShardChange(Subscriber Subscriber, ETag ETag);

/// <summary>What became of a step.</summary>
internal abstract record ShardCommit
{
    private ShardCommit()
    {
    }

    internal sealed record Done(Stored<ShardPlace> Place) : ShardCommit;

    /// <summary>A subscriber changed or went since the rows were read; the place is still ours.</summary>
    internal sealed record RowsChanged : ShardCommit;

    /// <summary>Somebody else is at this shard.</summary>
    internal sealed record Taken : ShardCommit;
}

/// <summary>One shard of the table Subscribers as sending sees it: the place, who is due, who is open; and a step as one transaction.</summary>
internal sealed class ShardStore(Hosting.Storage storage)
{
    /// <summary>With the place, the 100 operations of a transaction.</summary>
    public const int MostPerStep = 99;

    /// <summary>Four steps: larger pages would save few requests, and a process holds one for each shard that it sends at once.</summary>
    private const int PageSize = 4 * MostPerStep;

    private const string BeforePeople = "1"; // Behind every place, and before every person id.

    private readonly TableClient _table = storage.Table(SubscriberStore.TableName);

    public async Task<Stored<ShardPlace>?> FindPlaceAsync(IssueKey issue, string shard, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(shard, ShardPlace.RowOf(issue), cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row } ? new(ShardPlace.FromEntity(row), row.ETag) : null;
    }

    /// <summary>Those behind the cursor whom the issue has something for, in order; a request a page.</summary>
    public async IAsyncEnumerable<Stored<Subscriber>> ListDueAsync(
        DigestIssue issue, string shard, string cursor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (after, cadence) = (cursor.Length == 0 ? BeforePeople : cursor, issue.Key.Cadence.ToString());
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {shard} and RowKey gt {after} and IsActive eq {true} and Cadence eq {cadence} and CoveredUntil lt {issue.UpTo}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, PageSize, cancellationToken: cancellationToken)) yield return new(SubscriberMapping.FromEntity(row), row.ETag);
    }

    /// <summary>Those to whom the issue may have been sent, which is yet to be settled.</summary>
    public async Task<IReadOnlyList<Subscriber>> ListOpenAsync(IssueKey issue, string shard, CancellationToken cancellationToken)
    {
        var (name, sending, unknown) = (issue.ToString(), nameof(DeliveryState.Sending), nameof(DeliveryState.Unknown));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {shard} and RowKey gt {BeforePeople} and Issue eq {name} and (State eq {sending} or State eq {unknown})");
        var open = new List<Subscriber>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (SubscriberMapping.FromEntity(row) is { Last.IsOpen: true } subscriber) open.Add(subscriber);
        }

        return open;
    }

    /// <summary>All of a shard, whether or not they get anything.</summary>
    public async Task<IReadOnlySet<PersonId>> ListPeopleAsync(string shard, CancellationToken cancellationToken)
    {
        var people = new HashSet<PersonId>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey gt {BeforePeople}"), select: ["RowKey"], cancellationToken: cancellationToken))
        {
            people.Add(PersonId.Parse(row.RowKey));
        }

        return people;
    }

    /// <param name="before">As it was read; <see langword="null"/> where there was none.</param>
    /// <param name="changes">At most <see cref="MostPerStep"/>.</param>
    public async Task<ShardCommit> CommitAsync(Stored<ShardPlace>? before, ShardPlace next, IEnumerable<ShardChange> changes, CancellationToken cancellationToken)
    {
        next = next with { OperationId = Guid.NewGuid().ToString("N") };
        var place = next.ToEntity();
        List<TableTransactionAction> actions =
        [
            before is null ? new(TableTransactionActionType.Add, place) : new(TableTransactionActionType.UpdateReplace, place, before.ETag),
            .. changes.Select(change => new TableTransactionAction(TableTransactionActionType.UpdateMerge, SubscriberMapping.Ledger(change.Subscriber), change.ETag)),
        ];
        try
        {
            var answers = await _table.SubmitTransactionAsync(actions, cancellationToken);
            return new ShardCommit.Done(new(next, answers.Value[0].Headers.ETag!.Value));
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            var found = await FindPlaceAsync(next.Issue, next.Shard, cancellationToken);

            // Our own first try, whose answer was lost.
            if (found?.Value.OperationId == next.OperationId) return new ShardCommit.Done(found);
            return found?.ETag == before?.ETag ? new ShardCommit.RowsChanged() : new ShardCommit.Taken();
        }
    }
}
