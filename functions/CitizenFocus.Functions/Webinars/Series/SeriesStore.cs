using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>The table Series.</summary>
internal sealed class SeriesStore(Hosting.Storage storage)
{
    public const string TableName = "Series";
    private const string Partition = "series";
    private const int SchemaVersion = 1;

    /// <summary>It would be the path of the links that confirm.</summary>
    private const string Reserved = "confirm";

    private readonly TableClient _table = storage.Table(TableName);

    public static bool IsSlug(string slug) => WebinarSlug.TryParse(slug, out _) && slug != Reserved;

    public async Task<WebinarSeries?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (!IsSlug(slug)) return null;
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, slug, cancellationToken: cancellationToken);
        return found.HasValue ? FromEntity(found.Value!) : null;
    }

    /// <summary>A handful, by their titles.</summary>
    public async Task<IReadOnlyList<WebinarSeries>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<WebinarSeries>();
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken)) all.Add(FromEntity(row));
        return [.. all.OrderBy(series => series.Title, StringComparer.OrdinalIgnoreCase)];
    }

    public Task PutAsync(WebinarSeries series, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Partition, series.Slug) { ["SchemaVersion"] = SchemaVersion, ["Title"] = series.Title, ["Summary"] = series.Summary },
        TableUpdateMode.Replace,
        cancellationToken);

    private static WebinarSeries FromEntity(TableEntity entity) => new() { Slug = entity.RowKey, Title = entity.Required("Title"), Summary = entity.GetString("Summary") ?? "" };
}
