using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>To whom organisers send tests of the next issue: a partition of the table Subscribers, forgotten after a day.</summary>
internal sealed class TestStore(Hosting.Storage storage, TimeProvider clock)
{
    // No shard's name.
    private const string Partition = "tests";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private readonly TableClient _table = storage.Table(SubscriberStore.TableName);

    public Task PutAsync(PersonId person, EmailAddress address, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Partition, person.Value) { ["SchemaVersion"] = 1, ["Email"] = address.Value, ["AskedAt"] = clock.GetUtcNow() }, TableUpdateMode.Replace, cancellationToken);

    public async Task<EmailAddress?> FindAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, person.Value, cancellationToken: cancellationToken);
        return found.HasValue && EmailAddress.TryParse(found.Value!.GetString("Email"), out var address) ? address : null;
    }

    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Lifetime;
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and AskedAt le {before}"), cancellationToken: cancellationToken))
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }
}
