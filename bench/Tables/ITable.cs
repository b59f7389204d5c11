namespace CitizenFocus.Bench.Tables;

/// <summary>The four operations that are measured, on a table of its own.</summary>
internal interface ITable
{
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Upserts rows of one partition, 100 a transaction.</summary>
    Task TransactAsync(string partition, int first, CancellationToken cancellationToken);

    Task UpsertAsync(string partition, int row, CancellationToken cancellationToken);

    Task GetAsync(string partition, int row, CancellationToken cancellationToken);

    /// <returns>The number of the partition's rows, with all their columns read.</returns>
    Task<int> QueryAsync(string partition, CancellationToken cancellationToken);
}
