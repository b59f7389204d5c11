using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The table Registrations: one partition a webinar, so that each change of its seats is one transaction.</summary>
internal sealed class RegistrationStore(Hosting.Storage storage)
{
    public const string TableName = "Registrations";
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Stored<Registration>?> FindAsync(WebinarSlug webinar, PersonId person, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, RowKeys.Registration(person), cancellationToken) is { } entity
            ? new(RegistrationMapping.FromEntity(entity), entity.ETag)
            : null;

    public async Task<Stored<Seats>?> FindSeatsAsync(WebinarSlug webinar, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, RowKeys.Seats, cancellationToken) is { } entity
            ? new(RegistrationMapping.SeatsFromEntity(entity), entity.ETag)
            : null;

    public async Task<bool> ExistsAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, rowKey, cancellationToken) is not null;

    public async Task<TableEntity?> FindEntityAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(webinar.Value, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The keys (and the sequence, where the row has one) from <paramref name="from"/> up to <paramref name="below"/>, in order.</summary>
    public IAsyncEnumerable<Page<TableEntity>> PagesAsync(WebinarSlug webinar, string from, string below) =>
        _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {from} and RowKey lt {below}"),
            select: ["PartitionKey", "RowKey", "Sequence"]).AsPages();

    /// <summary>The next <paramref name="count"/> registrations in the order of their keys, with what a broadcast goes by.</summary>
    public async Task<IReadOnlyList<TableEntity>> ListAfterAsync(WebinarSlug webinar, string after, int count, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>(count);
        var registrations = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey gt {after} and RowKey lt {"r}"}"),
            count,
            ["PartitionKey", "RowKey", "Status", "Sequence"],
            cancellationToken);
        await foreach (var row in registrations)
        {
            rows.Add(row);
            if (rows.Count == count) break;
        }

        return rows;
    }

    /// <summary>How many wait before <paramref name="place"/>: rows counted, a request a thousand of them.</summary>
    public async Task<int> CountBeforeAsync(WebinarSlug webinar, long place, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var page in PagesAsync(webinar, "w|", RowKeys.PlacesFrom(place)).WithCancellation(cancellationToken))
        {
            count += page.Values.Count;
        }

        return count;
    }

    /// <exception cref="TableTransactionFailedException">Nothing was changed: a row was not as expected.</exception>
    /// <returns>An answer an action, in their order, with the ETags of the rows written.</returns>
    public async Task<IReadOnlyList<Response>> CommitAsync(IReadOnlyCollection<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        (await _table.SubmitTransactionAsync(actions, cancellationToken)).Value;

    /// <returns>The new row's ETag.</returns>
    public async Task<ETag> AddSeatsAsync(WebinarSlug webinar, Seats seats, CancellationToken cancellationToken) =>
        (await _table.AddEntityAsync(RegistrationMapping.ToEntity(webinar, seats), cancellationToken)).Headers.ETag!.Value;

    public Task RecordJoinAsync(WebinarSlug webinar, PersonId person, DateTimeOffset joinedAt, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(RegistrationMapping.Joined(webinar, person, joinedAt), ETag.All, TableUpdateMode.Merge, cancellationToken);

    public Task DeleteIfExistsAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(webinar.Value, rowKey, ETag.All, cancellationToken);
}
