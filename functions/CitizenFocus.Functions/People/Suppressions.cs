using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.People;

/// <summary>The table Suppressions: who gets no mail, and why; without an address. A row a person, in one of 256 partitions.</summary>
internal sealed class Suppressions(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Suppressions";

    private readonly TableClient _table = storage.Table(TableName);

    /// <returns><see langword="null"/> where there is no cause, or none any more.</returns>
    public async Task<Suppression?> FindAsync(PersonId person, CancellationToken cancellationToken) =>
        await FindRowAsync(person, cancellationToken) is { Value: { Causes.Count: > 0 } suppression } ? suppression : null;

    /// <summary>As it is stored, lifted ones too.</summary>
    public async Task<Suppression?> FindWithHistoryAsync(PersonId person, CancellationToken cancellationToken) => (await FindRowAsync(person, cancellationToken))?.Value;

    /// <summary>A cause that is there already keeps its time.</summary>
    public Task AddAsync(PersonId person, SuppressionCause cause, CancellationToken cancellationToken) =>
        ChangeAsync(person, row => row.Causes.ContainsKey(cause) ? row : row with { Causes = With(row.Causes, cause, clock.GetUtcNow()) }, cancellationToken);

    /// <summary>The person wants mail again; another cause stays.</summary>
    public Task RemoveAsync(PersonId person, SuppressionCause cause, CancellationToken cancellationToken) =>
        ChangeAsync(person, row => row.Causes.ContainsKey(cause) ? row.WithoutAt(clock.GetUtcNow(), cause) : row, cancellationToken);

    /// <summary>An organiser lets mail go to the person again. What a person's erasure left stays.</summary>
    /// <returns>Whether there was anything to lift.</returns>
    public Task<bool> LiftAsync(PersonId person, string because, CancellationToken cancellationToken) => ChangeAsync(
        person,
        row => row.Causes.Keys.Where(cause => cause != SuppressionCause.Erased).ToList() is { Count: > 0 } lifted
            ? row.WithoutAt(clock.GetUtcNow(), lifted) with { LiftedAt = clock.GetUtcNow(), LiftedBecause = because }
            : row,
        cancellationToken);

    /// <summary>All who get no bulk mail, a request a thousand: cheaper than to ask for each of many.</summary>
    public async Task<HashSet<PersonId>> ListAsync(CancellationToken cancellationToken)
    {
        var people = new HashSet<PersonId>();
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken)) AddTo(people, row);
        return people;
    }

    /// <summary>Those of one of the 256 partitions.</summary>
    public async Task<HashSet<PersonId>> ListAsync(string shard, CancellationToken cancellationToken)
    {
        var people = new HashSet<PersonId>();
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard}"), cancellationToken: cancellationToken)) AddTo(people, row);
        return people;
    }

    private static void AddTo(HashSet<PersonId> people, TableEntity row)
    {
        if (PersonId.TryParse(row.RowKey, out var person) && Suppression.FromEntity(row).Blocks(isBulk: true)) people.Add(person);
    }

    /// <param name="change">Gives back what it was given where there is nothing to change.</param>
    /// <returns>Whether anything was changed.</returns>
    public Task<bool> ChangeAsync(PersonId person, Func<Suppression, Suppression> change, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        var found = await FindRowAsync(person, cancellationToken);
        var before = found?.Value ?? Suppression.None;
        var after = change(before);
        if (ReferenceEquals(before, after)) return false;
        var entity = after.ToEntity(person);
        if (found is null) await _table.AddEntityAsync(entity, cancellationToken);
        else await _table.UpdateEntityAsync(entity, found.ETag, TableUpdateMode.Replace, cancellationToken);
        return true;
    });

    private async Task<Stored<Suppression>?> FindRowAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(person.Shard, person.Value, cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row } ? new(Suppression.FromEntity(row), row.ETag) : null;
    }

    private static Dictionary<SuppressionCause, DateTimeOffset> With(IReadOnlyDictionary<SuppressionCause, DateTimeOffset> causes, SuppressionCause cause, DateTimeOffset since) =>
        new(causes) { [cause] = since };
}
