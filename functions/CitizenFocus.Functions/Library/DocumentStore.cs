using CitizenFocus.Functions.Hosting;
using NodaTime.Text;

namespace CitizenFocus.Functions.Library;

/// <summary>The table Documents: what the library holds; the files themselves are blobs.</summary>
internal sealed class DocumentStore(Hosting.Storage storage)
{
    public const string TableName = "Documents";
    private const string Partition = "document";
    private const int SchemaVersion = 1;
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Document?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return found.HasValue ? FromEntity(found.Value!) : null;
    }

    public async Task<IReadOnlyList<Document>> ListAsync(CancellationToken cancellationToken)
    {
        var documents = new List<Document>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
        {
            documents.Add(FromEntity(entity));
        }

        return documents;
    }

    public Task PutAsync(Document document, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(ToEntity(document), TableUpdateMode.Replace, cancellationToken);

    private static TableEntity ToEntity(Document document)
    {
        var entity = new TableEntity(Partition, document.Id)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = document.Title,
            ["Kind"] = document.Kind,
            ["Text"] = document.Text,
        };
        if (document.Summary is { } summary) entity["Summary"] = summary;
        if (document.Published is { } published) entity["Published"] = LocalDatePattern.Iso.Format(published);
        if (document.Year is { } year) entity["Year"] = year;
        if (document.File is { } file)
        {
            entity["BlobName"] = file.BlobName;
            entity["FileName"] = file.FileName;
            entity["ContentType"] = file.ContentType;
            entity["Bytes"] = file.Bytes;
            if (file.Language is { } language) entity["Language"] = language;
        }

        return entity;
    }

    private static Document FromEntity(TableEntity entity) => new()
    {
        Id = entity.RowKey,
        Title = entity.Required("Title"),
        Kind = entity.Required("Kind"),
        Summary = entity.GetString("Summary"),
        Text = entity.GetString("Text") ?? "",
        Published = entity.GetString("Published") is { } published ? LocalDatePattern.Iso.Parse(published).Value : null,
        Year = entity.GetInt32("Year"),
        File = entity.GetString("BlobName") is { } blob
            ? new(blob, entity.Required("FileName"), entity.Required("ContentType"), entity.GetInt64("Bytes") ?? 0, entity.GetString("Language"))
            : null,
    };
}
