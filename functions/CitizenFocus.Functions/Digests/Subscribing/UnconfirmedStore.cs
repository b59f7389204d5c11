using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>Who asked for the digest and has not confirmed: a partition of the table Subscribers, and forgotten after two weeks.</summary>
internal sealed class UnconfirmedStore(Hosting.Storage storage, TimeProvider clock)
{
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(14);

    /// <summary>Who asks again so soon gets no second e-mail.</summary>
    private static readonly TimeSpan OneMailWithin = TimeSpan.FromHours(1);

    // No shard's name.
    private const string Partition = "unconfirmed";

    private readonly TableClient _table = storage.Table(SubscriberStore.TableName);

    /// <summary>The last wish counts.</summary>
    public async Task<UnconfirmedSubscription> AskAsync(PersonId person, EmailAddress email, SubscriptionWish wish, string consentVersion, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = await FindAsync(person, cancellationToken);
        var isRecent = before is not null && now - before.AskedAt < OneMailWithin;
        var asked = new UnconfirmedSubscription(
            person, email, wish, consentVersion, isRecent ? before!.AskedAt : now, isRecent ? before!.Request : now.UtcTicks.ToString(CultureInfo.InvariantCulture));
        var entity = SubscriberMapping.Wish(new(Partition, person.Value), wish);
        entity["SchemaVersion"] = 1;
        entity["Email"] = email.Value;
        entity["ConsentVersion"] = consentVersion;
        entity["AskedAt"] = asked.AskedAt;
        entity["Request"] = asked.Request;
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        return asked;
    }

    public async Task<UnconfirmedSubscription?> FindAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, person.Value, cancellationToken: cancellationToken);
        if (found is not { HasValue: true, Value: { } row }) return null;
        var askedAt = row.GetDateTimeOffset("AskedAt") ?? default;
        return clock.GetUtcNow() - askedAt >= ConfirmWithin
            ? null
            : new(person, EmailAddress.Parse(row.Required("Email")), SubscriberMapping.WishOf(row), row.GetString("ConsentVersion") ?? "", askedAt, row.Required("Request"));
    }

    public Task RemoveAsync(PersonId person, CancellationToken cancellationToken) => _table.DeleteEntityAsync(Partition, person.Value, ETag.All, cancellationToken);

    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - ConfirmWithin;
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and AskedAt le {before}"), cancellationToken: cancellationToken))
        {
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
}
