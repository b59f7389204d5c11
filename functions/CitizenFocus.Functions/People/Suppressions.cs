using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.People;

/// <summary>
/// The table Suppressions: who gets no bulk mail, and why; without an address. A row a person, in one of 256 partitions.
/// </summary>
internal sealed class Suppressions(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Suppressions";

    /// <summary>The person left by the link in an e-mail.</summary>
    public const string Unsubscribed = "unsubscribed";

    private const int SchemaVersion = 1;
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Suppression?> FindAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(person.Shard, person.Value, cancellationToken: cancellationToken);
        return found.HasValue ? new(found.Value!.Required("Reason"), found.Value!.GetDateTimeOffset("At") ?? default) : null;
    }

    /// <summary>The first reason stays.</summary>
    public async Task AddAsync(PersonId person, string reason, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(person.Shard, person.Value) { ["SchemaVersion"] = SchemaVersion, ["Reason"] = reason, ["At"] = clock.GetUtcNow() };
        try
        {
            await _table.AddEntityAsync(entity, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            // Suppressed before, or by our own first try, whose answer was lost.
        }
    }

    /// <summary>The person wants mail again. What has another reason than <paramref name="reason"/> stays.</summary>
    public Task RemoveAsync(PersonId person, string reason, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(person.Shard, person.Value, cancellationToken: cancellationToken);
        if (found is { HasValue: true, Value: { } row } && row.Required("Reason") == reason) await _table.DeleteEntityAsync(person.Shard, person.Value, row.ETag, cancellationToken);
        return true;
    });

    /// <summary>All of them, a request a thousand: cheaper than to ask for each of many.</summary>
    public async Task<HashSet<PersonId>> ListAsync(CancellationToken cancellationToken)
    {
        var people = new HashSet<PersonId>();
        await foreach (var row in _table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            if (PersonId.TryParse(row.RowKey, out var person)) people.Add(person);
        }

        return people;
    }
}

/// <param name="Reason">For the ledger and for organisers: <see cref="Suppressions.Unsubscribed"/>.</param>
internal sealed record Suppression(string Reason, DateTimeOffset At);
