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
            ? new(RowMapping.SeatsFromEntity(entity), entity.ETag)
            : null;

    public async Task<bool> ExistsAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, rowKey, cancellationToken) is not null;

    public async Task<TableEntity?> FindEntityAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(webinar.Value, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows of <c>q</c>, <c>w</c>, <c>f</c>, <c>h</c> or <c>o</c> from <paramref name="from"/> up to <paramref name="below"/>, in order.</summary>
    public IAsyncEnumerable<Page<TableEntity>> PagesAsync(WebinarSlug webinar, string from, string below) =>
        _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {from} and RowKey lt {below}"),
            select: ["PartitionKey", "RowKey", "Sequence", "Favoured", "Place"]).AsPages();

    /// <summary>When the first asked of those who have no answer yet; <see langword="null"/> where all have theirs.</summary>
    public async Task<DateTimeOffset?> FindFirstRequestAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {"q|"} and RowKey lt {"q}"}"), 1, ["PartitionKey", "RowKey"], cancellationToken))
        {
            return new(RowKeys.ParseNumbered(row.RowKey).Number, TimeSpan.Zero);
        }

        return null;
    }

    /// <summary>The e-mails to many that are under way or done: a handful of rows.</summary>
    public async Task<IReadOnlyList<Stored<Broadcast>>> ListBroadcastsAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        var broadcasts = new List<Stored<Broadcast>>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {"x|"} and RowKey lt {"x}"}"), cancellationToken: cancellationToken))
        {
            broadcasts.Add(new(RowMapping.BroadcastFrom(row), row.ETag));
        }

        return broadcasts;
    }

    /// <summary>How the webinar was at a revision; <see langword="null"/> where nobody was told that one.</summary>
    public async Task<WebinarFace?> FindFaceAsync(WebinarSlug webinar, int revision, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, RowKeys.Face(revision), cancellationToken) is { } entity ? WebinarFace.ReadFrom(entity) : null;

    /// <summary>
    /// The next page of registrations of a status behind the key <paramref name="after"/>, with only what a broadcast goes by;
    /// empty where there are no more.
    /// </summary>
    /// <param name="webinar">Whose.</param>
    /// <param name="after">The key that the last page ended with, or <see cref="RowKeys.BeforeRegistrations"/>.</param>
    /// <param name="statuses">One or more.</param>
    /// <param name="count">1 to 1,000.</param>
    /// <param name="columns">Beside Status, Sequence and what was told.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<TableEntity>> ListAfterAsync(
        WebinarSlug webinar, string after, IReadOnlyCollection<RegistrationStatus> statuses, int count, IEnumerable<string> columns, CancellationToken cancellationToken)
    {
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey gt {after} and RowKey lt {"r}"}");
        var either = string.Join(" or ", statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}")));
        var query = _table.QueryAsync<TableEntity>(
            $"{range} and ({either})", count, ["PartitionKey", "RowKey", "Status", "Sequence", "ToldAt", "ToldRevision", "ToldBefore", .. columns], cancellationToken);

        // Storage may answer with less than a page, or none, before the end.
        await foreach (var page in query.AsPages())
        {
            if (page.Values.Count > 0) return page.Values;
        }

        return [];
    }

    /// <summary>One page of registrations, by one request: perhaps of fewer than <paramref name="count"/>, or none, before the last.</summary>
    /// <param name="webinar">Whose.</param>
    /// <param name="continuation">Where the page before ended; <see langword="null"/>: from the beginning.</param>
    /// <param name="status">Only these; <see langword="null"/>: all.</param>
    /// <param name="count">1 to 1,000.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<Page<TableEntity>> PageAsync(
        WebinarSlug webinar, string? continuation, RegistrationStatus? status, int count, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {RowKeys.BeforeRegistrations} and RowKey lt {"r}"}");
        if (status is { } only) filter += " and " + TableClient.CreateQueryFilter($"Status eq {only.ToString()}");
        await using var pages = _table.QueryAsync<TableEntity>(filter, count, cancellationToken: cancellationToken)
            .AsPages(continuation).GetAsyncEnumerator(cancellationToken);
        return await pages.MoveNextAsync() ? pages.Current : throw new InvalidOperationException("A query has a page at least.");
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

    /// <summary>That somebody came; what was known of other sessions stays.</summary>
    public Task RecordAttendanceAsync(
        WebinarSlug webinar, PersonId person, int session, Attendance attendance, ETag etag, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(RegistrationMapping.Attended(webinar, person, session, attendance), etag, TableUpdateMode.Merge, cancellationToken);

    /// <returns>The row's ETag; <see langword="null"/> where it is there, or has changed since it was read.</returns>
    public async Task<ETag?> TryPutBroadcastAsync(WebinarSlug webinar, Broadcast broadcast, ETag? etag, CancellationToken cancellationToken)
    {
        var entity = RowMapping.ToEntity(webinar, broadcast);
        try
        {
            var response = etag is { } expected
                ? await _table.UpdateEntityAsync(entity, expected, TableUpdateMode.Replace, cancellationToken)
                : await _table.AddEntityAsync(entity, cancellationToken);
            return response.Headers.ETag;
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            return null;
        }
    }

    public Task DeleteIfExistsAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(webinar.Value, rowKey, ETag.All, cancellationToken);
}
