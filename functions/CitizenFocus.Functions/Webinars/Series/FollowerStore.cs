using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>
/// The table Followers: who wants to be told about the next webinar of a series; a partition a series, a row a person. Who
/// asked and has not confirmed stands in a partition beside it, and is forgotten with the link that confirms.
/// </summary>
internal sealed class FollowerStore(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Followers";

    /// <summary>How long the link that confirms holds.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    private const int SchemaVersion = 1;
    private const int ForgottenAtOnce = 100;
    private readonly TableClient _table = storage.Table(TableName);

    /// <summary>Somebody gave this address; whether it is theirs will be seen.</summary>
    public async Task AskAsync(string series, PersonId person, EmailAddress email, string language, CancellationToken cancellationToken)
    {
        await _table.UpsertEntityAsync(
            new TableEntity(Unconfirmed(series), person.Value) { ["SchemaVersion"] = SchemaVersion, ["Email"] = email.Value, ["Language"] = language, ["AskedAt"] = clock.GetUtcNow() },
            TableUpdateMode.Replace,
            cancellationToken);
    }

    /// <summary>The address of who asked and has not confirmed, and the language they want.</summary>
    public async Task<(EmailAddress Email, string Language)?> FindUnconfirmedAsync(string series, PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Unconfirmed(series), person.Value, cancellationToken: cancellationToken);
        return found.HasValue && EmailAddress.TryParse(found.Value!.GetString("Email"), out var email) ? (email, found.Value.GetString("Language") ?? "en") : null;
    }

    /// <returns><see langword="false"/> where the person did not ask, or was forgotten.</returns>
    public async Task<bool> TryConfirmAsync(string series, PersonId person, CancellationToken cancellationToken)
    {
        if (await FindUnconfirmedAsync(series, person, cancellationToken) is not var (email, language)) return await ExistsAsync(series, person, cancellationToken);

        await _table.UpsertEntityAsync(
            new TableEntity(series, person.Value) { ["SchemaVersion"] = SchemaVersion, ["Email"] = email.Value, ["Language"] = language, ["FollowedAt"] = clock.GetUtcNow() },
            TableUpdateMode.Replace,
            cancellationToken);
        await _table.DeleteEntityAsync(Unconfirmed(series), person.Value, ETag.All, cancellationToken);
        return true;
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

    /// <summary>Some of those whose link does not hold any more.</summary>
    public async Task ForgetUnconfirmedAsync(string series, CancellationToken cancellationToken)
    {
        var expired = clock.GetUtcNow() - ConfirmWithin;
        var left = ForgottenAtOnce;
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Unconfirmed(series)} and AskedAt lt {expired}"), ForgottenAtOnce, cancellationToken: cancellationToken))
        {
            if (left-- == 0) break;
            try
            {
                await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
            catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
            {
                // Asked again meanwhile.
            }
        }
    }

    // No slug has this character.
    private static string Unconfirmed(string series) => $"{series}|unconfirmed";
}

/// <param name="Language">BCP 47.</param>
internal sealed record Follower(PersonId Person, EmailAddress Email, string Language);
