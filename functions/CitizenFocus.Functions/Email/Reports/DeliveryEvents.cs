using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// The table DeliveryEvents: what providers told, an event a row, in the person's partition. A row is only ever added; that
/// it is there already is how a repeat is known. All else (the ledger's report, the suppression) follows from these rows.
/// </summary>
internal sealed class DeliveryEvents(Hosting.Storage storage)
{
    public const string TableName = "DeliveryEvents";
    private const int SchemaVersion = 1;

    // What one transaction takes.
    private const int MostPerTransaction = 100;

    private readonly TableClient _table = storage.Table(TableName);

    /// <param name="reported">About one person.</param>
    /// <returns>How many were not there before.</returns>
    public async Task<int> AddAsync(PersonId person, IEnumerable<DeliveryEvent> reported, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var chunk in reported.DistinctBy(e => e.RowKey, StringComparer.Ordinal).Chunk(MostPerTransaction))
        {
            added += await AddChunkAsync(person, chunk, cancellationToken);
        }

        return added;
    }

    /// <summary>All of a person, by e-mail and in the order of the provider's time.</summary>
    public async Task<IReadOnlyList<DeliveryEvent>> ListAsync(PersonId person, CancellationToken cancellationToken)
    {
        var rows = new List<DeliveryEvent>();
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {person.Value}"), cancellationToken: cancellationToken))
        {
            rows.Add(FromEntity(row));
        }

        return rows;
    }

    private async Task<int> AddChunkAsync(PersonId person, DeliveryEvent[] chunk, CancellationToken cancellationToken)
    {
        var missing = chunk;
        var isFirst = true;
        return await OptimisticRetry.RunAsync(async () =>
        {
            // A transaction is all or nothing: where one is there already, the others are added without it.
            if (!isFirst)
            {
                var known = (await ListAsync(person, cancellationToken)).Select(e => e.RowKey).ToHashSet(StringComparer.Ordinal);
                missing = [.. chunk.Where(e => !known.Contains(e.RowKey))];
            }

            isFirst = false;
            if (missing.Length == 1) await _table.AddEntityAsync(ToEntity(missing[0]), cancellationToken);
            else if (missing.Length > 1) await _table.SubmitTransactionAsync(missing.Select(e => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(e))), cancellationToken);
            return missing.Length;
        });
    }

    private static TableEntity ToEntity(DeliveryEvent e)
    {
        var entity = new TableEntity(e.Person.Value, e.RowKey)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Key"] = e.Key.Value,
            ["Kind"] = e.Kind.ToString(),
            ["At"] = e.At,
            ["ReceivedAt"] = e.ReceivedAt,
            ["Id"] = e.Id,
            ["Provider"] = e.Provider,
        };
        if (e.Reason is { } reason) entity["Reason"] = reason;
        if (e.Link is { } link) entity["Link"] = link;
        if (e.IsMachineAgent) entity["IsMachineAgent"] = true;
        return entity;
    }

    private static DeliveryEvent FromEntity(TableEntity entity) => new()
    {
        Person = PersonId.Parse(entity.PartitionKey),
        Key = DeliveryKey.Parse(entity.Required("Key")),
        Kind = Enum.Parse<DeliveryEventKind>(entity.Required("Kind")),
        At = entity.GetDateTimeOffset("At") ?? default,
        ReceivedAt = entity.GetDateTimeOffset("ReceivedAt") ?? default,
        Id = entity.Required("Id"),
        Provider = entity.GetString("Provider") ?? "",
        Reason = entity.GetString("Reason"),
        Link = entity.GetString("Link"),
        IsMachineAgent = entity.GetBoolean("IsMachineAgent") ?? false,
    };
}
