using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>The table Operations: leads a provider's report, which knows only the provider's own id, back to the ledger's row.</summary>
internal sealed class OperationIndex(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Operations";
    private const int ShardLength = 2;

    private readonly TableClient _table = storage.Table(TableName);

    /// <summary>Before the e-mail is handed over: the report may be sooner than the answer.</summary>
    public async Task AddAsync(IEmailSender sender, OutgoingEmail email, CancellationToken cancellationToken)
    {
        if (sender.OperationIdOf(email.DeliveryId) is not { } operation) return;
        var entity = new TableEntity(ShardOf(operation), operation)
        {
            ["SchemaVersion"] = 1,
            ["Person"] = email.Person.Value,
            ["Key"] = email.Key.Value,
            ["At"] = clock.GetUtcNow(),
        };
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <param name="operation">As a report names it: anything, since reports come from outside.</param>
    /// <returns><see langword="null"/> where it is none of ours.</returns>
    public async Task<(PersonId Person, DeliveryKey Key)?> FindAsync(string operation, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(operation, out var id)) return null;
        operation = id.ToString("D");
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ShardOf(operation), operation, cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row } ? (PersonId.Parse(row.Required("Person")), DeliveryKey.Parse(row.Required("Key"))) : null;
    }

    private static string ShardOf(string operation) => operation[..ShardLength];
}
