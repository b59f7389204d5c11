using System.Globalization;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// The table DigestIssues, in one partition, so that what belongs together is one transaction: the issues
/// (<c>weekly|…</c>, <c>monthly|…</c>) and their addresses (<c>a|{name}</c>), what is about to be published and has no number
/// (<c>p|{commitment}</c>), what has one (<c>c|{number}</c>, <c>n|{commitment}</c>), and the state of it all (<c>s</c>).
/// </summary>
internal sealed class IssueStore(Hosting.Storage storage)
{
    public const string TableName = "DigestIssues";

    /// <summary>Three operations each and the state, of the 100 of a transaction.</summary>
    public const int MostNumberedAtOnce = 33;

    private const string Partition = "issues";
    private const string StateRow = "s";
    private const string PendingPrefix = "p|";
    private const string NumberedPrefix = "n|";
    private const string NumberPrefix = "c|";
    private const string NamePrefix = "a|";
    private const char Beyond = '}'; // Sorts behind the | of every prefix.

    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Stored<DigestState>?> FindStateAsync(CancellationToken cancellationToken) =>
        await FindRowAsync(StateRow, cancellationToken) is { } row ? new(DigestState.FromEntity(row), row.ETag) : null;

    /// <param name="etag">Of the state that it replaces; <see langword="null"/> adds one.</param>
    /// <exception cref="RequestFailedException">Somebody else was first: a conflict, as <see cref="OptimisticRetry"/> has it.</exception>
    public async Task<Stored<DigestState>> PutStateAsync(DigestState state, ETag? etag, CancellationToken cancellationToken)
    {
        var entity = state.ToEntity(Partition, StateRow);
        var response = etag is { } expected
            ? await _table.UpdateEntityAsync(entity, expected, TableUpdateMode.Replace, cancellationToken)
            : await _table.AddEntityAsync(entity, cancellationToken);
        return new(state, response.Headers.ETag!.Value);
    }

    /// <summary>Before a commitment is published. Again: the row is as young as the last time.</summary>
    public Task AnnounceAsync(string commitment, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(new TableEntity(Partition, PendingPrefix + commitment) { ["AnnouncedAt"] = at }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>What was announced and has no number yet.</summary>
    public async Task<IReadOnlyList<PendingCommitment>> ListPendingAsync(CancellationToken cancellationToken)
    {
        var pending = new List<PendingCommitment>();
        await foreach (var row in _table.QueryAsync<TableEntity>(Range(PendingPrefix, ""), cancellationToken: cancellationToken))
        {
            pending.Add(new(row.RowKey[PendingPrefix.Length..], row.GetDateTimeOffset("AnnouncedAt") ?? default, row.ETag));
        }

        return pending;
    }

    /// <summary>Where it was announced again since it was read, it stays.</summary>
    public async Task ForgetPendingAsync(PendingCommitment pending, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(Partition, PendingPrefix + pending.Commitment, pending.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            // Announced again.
        }
    }

    public async Task<bool> IsNumberedAsync(string commitment, CancellationToken cancellationToken) =>
        await FindRowAsync(NumberedPrefix + commitment, cancellationToken) is not null;

    /// <summary>Gives the next numbers, in order, in one transaction.</summary>
    /// <param name="commitments">At most <see cref="MostNumberedAtOnce"/>, none of which has one.</param>
    public async Task<Stored<DigestState>> NumberAsync(Stored<DigestState> state, IReadOnlyList<string> commitments, string operationId, CancellationToken cancellationToken)
    {
        var next = state.Value with { LastNumber = state.Value.LastNumber + commitments.Count, OperationId = operationId };
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, next.ToEntity(Partition, StateRow), state.ETag)];
        foreach (var (index, commitment) in commitments.Index())
        {
            var number = state.Value.LastNumber + index + 1;
            actions.Add(new(TableTransactionActionType.Add, new TableEntity(Partition, RowOf(number)) { ["Commitment"] = commitment }));
            actions.Add(new(TableTransactionActionType.Add, new TableEntity(Partition, NumberedPrefix + commitment) { ["Number"] = number }));
            actions.Add(new(TableTransactionActionType.Delete, new TableEntity(Partition, PendingPrefix + commitment), ETag.All));
        }

        var answers = await _table.SubmitTransactionAsync(actions, cancellationToken);
        return new(next, answers.Value[0].Headers.ETag!.Value);
    }

    /// <summary>The ids of the commitments with numbers beyond <paramref name="after"/> up to <paramref name="upTo"/>.</summary>
    public async Task<IReadOnlyDictionary<int, string>> ListNumberedAsync(int after, int upTo, CancellationToken cancellationToken)
    {
        var (from, to) = (RowOf(after), RowOf(upTo));
        var numbered = new Dictionary<int, string>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey le {to}"), cancellationToken: cancellationToken))
        {
            numbered[int.Parse(row.RowKey.AsSpan(NumberPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)] = row.Required("Commitment");
        }

        return numbered;
    }

    /// <summary>The issue and the state after it, in one transaction.</summary>
    public Task MakeAsync(DigestState next, ETag etag, DigestIssue issue, CancellationToken cancellationToken) => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, next.ToEntity(Partition, StateRow), etag),
            new(TableTransactionActionType.Add, ToEntity(issue)),
            new(TableTransactionActionType.Add, new TableEntity(Partition, NamePrefix + issue.Name) { ["Issue"] = issue.Key.ToString() }),
        ],
        cancellationToken);

    public async Task<DigestIssue?> FindAsync(IssueKey key, CancellationToken cancellationToken) =>
        await FindRowAsync(RowOf(key), cancellationToken) is { } row ? FromEntity(row) : null;

    /// <param name="name">As an address has it: anything.</param>
    public async Task<DigestIssue?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        PublicId.IsValid(name.ToLowerInvariant()) && await FindRowAsync(NamePrefix + name, cancellationToken) is { } row
            ? await FindAsync(IssueKey.Parse(row.Required("Issue")), cancellationToken)
            : null;

    /// <summary>All of a cadence, the earliest first.</summary>
    public async Task<IReadOnlyList<DigestIssue>> ListAsync(DigestCadence cadence, CancellationToken cancellationToken)
    {
        var issues = new List<DigestIssue>();
        await foreach (var row in _table.QueryAsync<TableEntity>(Range(IssueKey.NameOf(cadence) + "|", ""), cancellationToken: cancellationToken)) issues.Add(FromEntity(row));
        return issues;
    }

    public Task QueuedAsync(IssueKey key, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(new TableEntity(Partition, RowOf(key)) { ["QueuedAt"] = at }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    private async Task<TableEntity?> FindRowAsync(string row, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private static string Range(string prefix, string after)
    {
        var (from, to) = (prefix + after, prefix[..^1] + Beyond);
        return TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}");
    }

    private static string RowOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{NumberPrefix}{number:D10}");

    private static string RowOf(IssueKey key) => string.Create(CultureInfo.InvariantCulture, $"{IssueKey.NameOf(key.Cadence)}|{key.Number:D10}");

    private static TableEntity ToEntity(DigestIssue issue) => new(Partition, RowOf(issue.Key))
    {
        ["SchemaVersion"] = 1,
        ["Issue"] = issue.Key.ToString(),
        ["Name"] = issue.Name,
        ["After"] = issue.After,
        ["UpTo"] = issue.UpTo,
        ["MadeAt"] = issue.MadeAt,
        ["Opening"] = issue.Opening,
    };

    private static DigestIssue FromEntity(TableEntity row) => new()
    {
        Key = IssueKey.Parse(row.Required("Issue")),
        Name = row.Required("Name"),
        After = row.GetInt32("After") ?? 0,
        UpTo = row.GetInt32("UpTo") ?? 0,
        MadeAt = row.GetDateTimeOffset("MadeAt") ?? default,
        Opening = row.GetString("Opening") ?? "",
        QueuedAt = row.GetDateTimeOffset("QueuedAt"),
    };
}

/// <summary>About to be published, or just published.</summary>
internal sealed record PendingCommitment(string Commitment, DateTimeOffset AnnouncedAt, ETag ETag);
