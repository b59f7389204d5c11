using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The table Invitations: one partition a webinar, so that each step of a list is one transaction.</summary>
internal sealed class InvitationStore(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Invitations";
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Invitation?> FindAsync(WebinarSlug webinar, PersonId person, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, InvitationKeys.Invitation(person), cancellationToken) is { } entity ? InvitationMapping.InvitationFrom(entity) : null;

    public async Task<Stored<InvitationList>?> FindListAsync(WebinarSlug webinar, string list, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, InvitationKeys.List(list), cancellationToken) is { } entity ? new(InvitationMapping.ListFrom(entity), entity.ETag) : null;

    /// <summary>A handful, the oldest first.</summary>
    public async Task<IReadOnlyList<InvitationList>> ListListsAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        var lists = new List<InvitationList>();
        await foreach (var row in QueryAsync(webinar, "l|", "l}").WithCancellation(cancellationToken)) lists.Add(InvitationMapping.ListFrom(row));
        return [.. lists.OrderBy(list => list.CreatedAt)];
    }

    /// <returns><see langword="false"/> where it is there.</returns>
    public async Task<bool> TryAddListAsync(WebinarSlug webinar, InvitationList list, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(InvitationMapping.ToEntity(webinar, list), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            return false;
        }
    }

    /// <returns>Its new ETag.</returns>
    /// <exception cref="RequestFailedException">It was changed since it was read.</exception>
    public async Task<ETag> ReplaceListAsync(WebinarSlug webinar, InvitationList list, ETag etag, CancellationToken cancellationToken) =>
        (await _table.UpdateEntityAsync(InvitationMapping.ToEntity(webinar, list), etag, TableUpdateMode.Replace, cancellationToken)).Headers.ETag!.Value;

    /// <summary>What became of the rows of a step; empty where there was no such step.</summary>
    public async Task<IReadOnlyList<RowResult>> ListResultsAsync(WebinarSlug webinar, string list, int chunk, CancellationToken cancellationToken) =>
        await FindEntityAsync(webinar, InvitationKeys.Results(list, chunk), cancellationToken) is { } entity ? InvitationMapping.ResultsFrom(entity) : [];

    /// <summary>Those who asked and were not answered, in order.</summary>
    public IAsyncEnumerable<TableEntity> RequestsAsync(WebinarSlug webinar) => QueryAsync(webinar, "a|", "a}");

    /// <summary>Writes down that somebody asks; who asked before is left in their place.</summary>
    public async Task<bool> TryAddRequestAsync(WebinarSlug webinar, PersonId person, EmailAddress email, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            await CommitAsync(
                [
                    new(TableTransactionActionType.Add, InvitationMapping.Requester(webinar, person, now)),
                    new(TableTransactionActionType.Add, InvitationMapping.Request(webinar, person, email, now)),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            return false;
        }
    }

    public Task AcceptAsync(WebinarSlug webinar, PersonId person, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(InvitationMapping.Accepted(webinar, person, clock.GetUtcNow()), ETag.All, TableUpdateMode.Merge, cancellationToken);

    /// <exception cref="TableTransactionFailedException">Nothing was changed: a row was not as expected.</exception>
    /// <returns>An answer an action, in their order.</returns>
    public async Task<IReadOnlyList<Response>> CommitAsync(IReadOnlyCollection<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        (await _table.SubmitTransactionAsync(actions, cancellationToken)).Value;

    private AsyncPageable<TableEntity> QueryAsync(WebinarSlug webinar, string from, string below) =>
        _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value} and RowKey ge {from} and RowKey lt {below}"));

    private async Task<TableEntity?> FindEntityAsync(WebinarSlug webinar, string rowKey, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(webinar.Value, rowKey, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }
}
