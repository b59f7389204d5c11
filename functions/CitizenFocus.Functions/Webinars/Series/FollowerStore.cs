using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>The table Followers: who wants to be told about the next webinar of a series; a partition a series, a row a person.</summary>
internal sealed class FollowerStore(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Followers";
    private const int SchemaVersion = 1;
    private readonly TableClient _table = storage.Table(TableName);

    /// <summary>Who follows already keeps their row.</summary>
    public async Task AddAsync(string series, PersonId person, EmailAddress email, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(series, person.Value)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Email"] = email.Value,
            ["Language"] = "en",
            ["FollowedAt"] = clock.GetUtcNow(),
        };
        try
        {
            await _table.AddEntityAsync(entity, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            // Follows already, or by our own first try, whose answer was lost.
        }
    }

    public async Task<bool> ExistsAsync(string series, PersonId person, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(series, person.Value, ["RowKey"], cancellationToken)).HasValue;

    public Task RemoveAsync(string series, PersonId person, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(series, person.Value, ETag.All, cancellationToken);

    /// <summary>Those behind <paramref name="after"/>, in the order of their ids; all where it is empty.</summary>
    public async IAsyncEnumerable<Follower> ListAsync(
        string series, string after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {series} and RowKey gt {after}"), cancellationToken: cancellationToken))
        {
            var email = EmailAddress.TryParse(row.GetString("Email"), out var parsed) ? parsed : throw new InvalidDataException("A follower's address does not parse.");
            yield return new(PersonId.Parse(row.RowKey), email, row.GetString("Language") ?? "en");
        }
    }
}

/// <param name="Language">BCP 47.</param>
internal sealed record Follower(PersonId Person, EmailAddress Email, string Language);
