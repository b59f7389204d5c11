using System.Globalization;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// A table of things that happened at a time, listed from the latest backwards. Each is a row <c>i|{id}</c>, the authority
/// on it, and a copy for one list, <c>{list}|{time}-{id}</c>, its time counted down since tables are read in ascending order
/// only. All stand in one partition, so that a thing, its place in a list and what follows from its change are one transaction.
/// </summary>
internal sealed class Timeline(Storage storage, string tableName)
{
    public const string Partition = "timeline";

    private const string ItemPrefix = "i|";
    private const string ListRow = "ListRow";
    private const string OperationId = "OperationId";
    private const char Beyond = '}'; // Sorts behind the | of every list.
    private readonly TableClient _table = storage.Table(tableName);

    /// <returns><see langword="false"/> where there is one of that id, or an entity of <paramref name="with"/> is there already.</returns>
    /// <param name="with">What is to be written in the same transaction.</param>
    public Task<bool> TryAddAsync(TimelineItem item, IEnumerable<TableTransactionAction> with, CancellationToken cancellationToken)
    {
        var entity = ToEntity(item);
        return TryCommitAsync(entity, [new(TableTransactionActionType.Add, entity), .. Listed(item, entity, null), .. with], cancellationToken);
    }

    /// <param name="before">As it was read.</param>
    /// <param name="with">What is to be written in the same transaction.</param>
    /// <returns><see langword="false"/> where it was changed since then.</returns>
    public Task<bool> TryReplaceAsync(TableEntity before, TimelineItem item, IEnumerable<TableTransactionAction> with, CancellationToken cancellationToken)
    {
        var entity = ToEntity(item);
        return TryCommitAsync(
            entity,
            [new(TableTransactionActionType.UpdateReplace, entity, before.ETag), .. Listed(item, entity, before.GetString(ListRow)), .. with],
            cancellationToken);
    }

    public async Task<TableEntity?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.IsValid(id)) return null;
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, ItemPrefix + id, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The latest first.</summary>
    /// <param name="after">The <see cref="TimelinePage.Next"/> of the page before; <see langword="null"/> for the first page, and so is what is none.</param>
    /// <param name="count">How many at most: 1 to 999.</param>
    public async Task<TimelinePage> ListAsync(string list, string? after, int count, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{list}|{(IsPosition(after) ? after : "")}", list + Beyond);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}");
        var items = new List<TableEntity>(count);
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, maxPerPage: count + 1, cancellationToken: cancellationToken))
        {
            if (items.Count == count) return new(items, PositionOf(items[^1]));
            items.Add(entity);
        }

        return new(items, null);
    }

    /// <summary>A whole list, the latest first.</summary>
    public async Task<IReadOnlyList<TableEntity>> ListAllAsync(string list, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{list}|", list + Beyond);
        var items = new List<TableEntity>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            items.Add(entity);
        }

        return items;
    }

    /// <summary>The id of an item, or of its copy in a list.</summary>
    public static string IdOf(TableEntity entity) => entity.RowKey.StartsWith(ItemPrefix, StringComparison.Ordinal)
        ? entity.RowKey[ItemPrefix.Length..]
        : entity.RowKey[(entity.RowKey.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary>The place of a copy in its list: stays where others come and go, and sorts as the list does.</summary>
    public static string PositionOf(TableEntity entity) => entity.RowKey[(entity.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..];

    public static bool IsPosition(string? position) =>
        position is { Length: > 20 } && position.AsSpan(0, 19).IndexOfAnyExceptInRange('0', '9') < 0 && position[19] == '-' && PublicId.IsValid(position[20..]);

    private static TableEntity ToEntity(TimelineItem item)
    {
        var entity = new TableEntity(Partition, ItemPrefix + item.Id) { [OperationId] = Guid.NewGuid().ToString("N") };
        foreach (var (name, value) in item.Columns) entity[name] = value;
        if (item.List is { } list)
        {
            var left = (DateTime.MaxValue.Ticks - item.Time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
            entity[ListRow] = $"{list}|{left}-{item.Id}";
        }

        return entity;
    }

    private static IEnumerable<TableTransactionAction> Listed(TimelineItem item, TableEntity entity, string? before)
    {
        var now = entity.GetString(ListRow);
        if (now is not null)
        {
            var copy = new TableEntity(Partition, now);
            foreach (var (name, value) in item.Columns)
            {
                if (!item.Unlisted.Contains(name)) copy[name] = value;
            }

            yield return new(TableTransactionActionType.UpsertReplace, copy);
        }

        if (before is not null && before != now) yield return new(TableTransactionActionType.Delete, new TableEntity(Partition, before), ETag.All);
    }

    private async Task<bool> TryCommitAsync(TableEntity entity, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            // Perhaps with our own first try, whose answer was lost.
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, entity.RowKey, [OperationId], cancellationToken);
            return found.HasValue && found.Value!.GetString(OperationId) == entity.GetString(OperationId);
        }
    }
}

/// <summary>What is to be written of a thing.</summary>
internal sealed record TimelineItem
{
    public required string Id { get; init; }

    /// <summary>The list that it stands in, a word of small letters other than <c>i</c>; <see langword="null"/>: none.</summary>
    public string? List { get; init; }

    /// <summary>When it happened, which is its place in the list.</summary>
    public required DateTimeOffset Time { get; init; }

    public required IReadOnlyDictionary<string, object> Columns { get; init; }

    /// <summary>Those of the columns that lists do not have.</summary>
    public IReadOnlyCollection<string> Unlisted { get; init; } = [];
}

/// <param name="Items">The latest first.</param>
/// <param name="Next">Leads to the page after; <see langword="null"/> where there is none.</param>
internal sealed record TimelinePage(IReadOnlyList<TableEntity> Items, string? Next);
