using System.Globalization;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Library;

/// <summary>
/// The table Downloads: how often a document was fetched, by day; never by whom. A day has several rows, one of which is
/// raised at random, so that a rush on one document does not queue for one row.
/// </summary>
internal sealed partial class DownloadCounter(Hosting.Storage storage, TimeProvider clock, ILogger<DownloadCounter> logger)
{
    public const string TableName = "Downloads";
    private const int RowsADay = 8;
    private readonly TableClient _table = storage.Table(TableName);

    /// <summary>Counts one. A counter that fails costs nobody their download.</summary>
    public async Task CountAsync(string documentId, CancellationToken cancellationToken)
    {
        var day = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var row = $"{day}|{Random.Shared.Next(RowsADay)}";
        try
        {
            await OptimisticRetry.RunAsync(async () =>
            {
                var found = await _table.GetEntityIfExistsAsync<TableEntity>(documentId, row, cancellationToken: cancellationToken);
                return found.HasValue
                    ? await _table.UpdateEntityAsync(Row((found.Value!.GetInt64("Count") ?? 0) + 1), found.Value.ETag, TableUpdateMode.Replace, cancellationToken)
                    : await _table.AddEntityAsync(Row(1), cancellationToken);
            });
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // What Azure.Core throws when the storage refused, and when all its tries got no answer.
            NotCounted(logger, documentId, e);
        }

        TableEntity Row(long count) => new(documentId, row) { ["SchemaVersion"] = 1, ["Count"] = count };
    }

    /// <summary>Downloads in all.</summary>
    public async Task<long> TotalAsync(string documentId, CancellationToken cancellationToken)
    {
        long total = 0;
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {documentId}"), select: ["Count"], cancellationToken: cancellationToken))
        {
            total += entity.GetInt64("Count") ?? 0;
        }

        return total;
    }

    [LoggerMessage(1, LogLevel.Warning, "A download of {Document} was not counted.")]
    private static partial void NotCounted(ILogger logger, string document, Exception exception);
}
