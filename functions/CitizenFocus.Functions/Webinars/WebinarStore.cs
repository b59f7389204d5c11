using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Webinars;

/// <summary>The table Webinars: the authority on what a webinar is and when.</summary>
internal sealed class WebinarStore(Hosting.Storage storage)
{
    public const string TableName = "Webinars";
    private const string Partition = "webinar";
    private const string OperationId = "OperationId";
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Stored<Webinar>?> FindAsync(WebinarSlug slug, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, slug.Value, cancellationToken: cancellationToken);
        return found.HasValue ? new(WebinarMapping.FromEntity(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>All of them: a network plans dozens a year, so they fit in a page or two.</summary>
    public async Task<IReadOnlyList<Webinar>> ListAsync(CancellationToken cancellationToken)
    {
        var webinars = new List<Webinar>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
        {
            webinars.Add(WebinarMapping.FromEntity(entity));
        }

        return webinars;
    }

    /// <returns><see langword="false"/> where one of that slug exists.</returns>
    public async Task<bool> TryAddAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        var entity = Written(webinar);
        try
        {
            await _table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            return await IsStoredAsync(entity, cancellationToken);
        }
    }

    /// <returns><see langword="false"/> where it was changed or deleted since <paramref name="etag"/>.</returns>
    public async Task<bool> TryReplaceAsync(Webinar webinar, ETag etag, CancellationToken cancellationToken)
    {
        var entity = Written(webinar);
        try
        {
            await _table.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound)
        {
            return await IsStoredAsync(entity, cancellationToken);
        }
    }

    private static TableEntity Written(Webinar webinar)
    {
        var entity = WebinarMapping.ToEntity(webinar, Partition);
        entity[OperationId] = Guid.NewGuid().ToString("N");
        return entity;
    }

    /// <summary>Whether a conflict is with our own first try, whose answer was lost.</summary>
    private async Task<bool> IsStoredAsync(TableEntity written, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, written.RowKey, [OperationId], cancellationToken);
        return found.HasValue && found.Value!.GetString(OperationId) == written.GetString(OperationId);
    }
}
