using System.Globalization;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// A table of things that were published at a time, read from the latest backwards. Its partitions are months and its rows
/// moments, both counted down, since tables are read in ascending order only; the partition <c>id</c> leads from an id to
/// the row.
/// </summary>
internal sealed class Timeline(Storage storage, string tableName)
{
    private const string IdPartition = "id";

    // Digits end before it, and "id" begins after it.
    private const string BeyondMonths = "A";
    private readonly TableClient _table = storage.Table(tableName);

    /// <summary>Adds, or replaces, what has this id. <paramref name="columns"/> are written as they are.</summary>
    public async Task PutAsync(string id, DateTimeOffset time, IReadOnlyDictionary<string, object> columns, CancellationToken cancellationToken)
    {
        var (partition, row) = KeyOf(id, time);
        var before = await FindIndexAsync(id, cancellationToken);
        var entity = new TableEntity(partition, row);
        foreach (var (name, value) in columns)
        {
            entity[name] = value;
        }

        // The row before the index: who finds an id finds its row.
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        await _table.UpsertEntityAsync(
            new TableEntity(IdPartition, id) { ["Partition"] = partition, ["Row"] = row }, TableUpdateMode.Replace, cancellationToken);
        if (before is var (oldPartition, oldRow) && (oldPartition, oldRow) != (partition, row))
        {
            await _table.DeleteEntityAsync(oldPartition, oldRow, ETag.All, cancellationToken);
        }
    }

    public async Task<TableEntity?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.IsValid(id) || await FindIndexAsync(id, cancellationToken) is not var (partition, row)) return null;
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The latest first.</summary>
    /// <param name="after">The <see cref="TimelinePage.Next"/> of the page before; <see langword="null"/> for the first page, and so is what is none.</param>
    /// <param name="count">How many at most: 1 to 1,000.</param>
    public async Task<TimelinePage> ListAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var filter = ParsePosition(after) is var (month, row)
            ? TableClient.CreateQueryFilter($"PartitionKey lt {BeyondMonths} and (PartitionKey gt {month} or (PartitionKey eq {month} and RowKey gt {row}))")
            : TableClient.CreateQueryFilter($"PartitionKey lt {BeyondMonths}");
        var items = new List<TableEntity>(count);
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, maxPerPage: count + 1, cancellationToken: cancellationToken))
        {
            if (items.Count == count) return new(items, $"{items[^1].PartitionKey}.{items[^1].RowKey}");
            items.Add(entity);
        }

        return new(items, null);
    }

    /// <summary>The id in a row's key.</summary>
    public static string IdOf(TableEntity entity) => entity.RowKey[(entity.RowKey.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static (string Partition, string Row) KeyOf(string id, DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var month = 999_999 - ((utc.Year * 100) + utc.Month);
        return (month.ToString("D6", CultureInfo.InvariantCulture), $"{(DateTime.MaxValue.Ticks - utc.Ticks).ToString("D19", CultureInfo.InvariantCulture)}-{id}");
    }

    private static (string Partition, string Row)? ParsePosition(string? position) =>
        position?.Split('.') is [{ Length: 6 } month, { Length: > 20 } row]
        && month.All(char.IsAsciiDigit) && row[..19].All(char.IsAsciiDigit) && row[19] == '-' && PublicId.IsValid(row[20..])
            ? (month, row)
            : null;

    private async Task<(string Partition, string Row)?> FindIndexAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(IdPartition, id, cancellationToken: cancellationToken);
        return found.HasValue ? (found.Value!.Required("Partition"), found.Value!.Required("Row")) : null;
    }
}

/// <param name="Items">The latest first.</param>
/// <param name="Next">Leads to the page after; <see langword="null"/> where there is none.</param>
internal sealed record TimelinePage(IReadOnlyList<TableEntity> Items, string? Next);
