namespace CitizenFocus.Functions.Email;

/// <summary>
/// The table Quotas, in one partition: the switch that stops all sending, each provider's circuit, and what each has used of
/// its limits. Small, and the same for all processes.
/// </summary>
internal sealed class SendingTable(Hosting.Storage storage)
{
    public const string TableName = "Quotas";
    public const string Partition = "sending";
    public const string Switch = "switch";
    public const string Origin = "origin";
    public const string CircuitPrefix = "circuit|";
    public const string QuotaPrefix = "quota|";

    // Above every prefix but those of quotas, which change with each message and are read one by one.
    private const string EndOfCircuits = "circuit}";

    private readonly TableClient _table = storage.Table(TableName);

    public async Task<TableEntity?> FindAsync(string row, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The circuits, the switch, and where the data is at home.</summary>
    public async Task<IReadOnlyList<TableEntity>> ListControlAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and ((RowKey ge {CircuitPrefix} and RowKey lt {EndOfCircuits}) or RowKey eq {Switch} or RowKey eq {Origin})");
        var rows = new List<TableEntity>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) rows.Add(row);
        return rows;
    }

    /// <param name="etag">Of the row that it replaces; <see langword="null"/> adds one.</param>
    /// <exception cref="RequestFailedException">Somebody else was first: a conflict, as <see cref="Hosting.OptimisticRetry"/> has it.</exception>
    public Task PutAsync(TableEntity entity, ETag? etag, CancellationToken cancellationToken) => etag is { } expected
        ? _table.UpdateEntityAsync(entity, expected, TableUpdateMode.Replace, cancellationToken)
        : _table.AddEntityAsync(entity, cancellationToken);

    /// <summary>Whatever stands there.</summary>
    public Task UpsertAsync(TableEntity entity, CancellationToken cancellationToken) => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);

    public Task DeleteAsync(string row, ETag etag, CancellationToken cancellationToken) => _table.DeleteEntityAsync(Partition, row, etag, cancellationToken);
}
