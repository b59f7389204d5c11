extern alias OfficialTables;

using TableClient = OfficialTables::Azure.Data.Tables.TableClient;
using TableEntity = OfficialTables::Azure.Data.Tables.TableEntity;
using TableTransactionAction = OfficialTables::Azure.Data.Tables.TableTransactionAction;
using TableTransactionActionType = OfficialTables::Azure.Data.Tables.TableTransactionActionType;
using TableUpdateMode = OfficialTables::Azure.Data.Tables.TableUpdateMode;

namespace CitizenFocus.Bench.Tables;

/// <summary>Microsoft's: Azure.Data.Tables. Word for word what <see cref="OurTable"/> is.</summary>
internal sealed class OfficialTable(string connectionString, string name) : ITable
{
    private readonly TableClient _table = new(connectionString, name);

    public Task CreateAsync(CancellationToken cancellationToken) => _table.CreateIfNotExistsAsync(cancellationToken);

    public Task TransactAsync(string partition, int first, CancellationToken cancellationToken) => _table.SubmitTransactionAsync(
        Enumerable.Range(first, 100).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Entity(partition, row))),
        cancellationToken);

    public Task UpsertAsync(string partition, int row, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(Entity(partition, row), TableUpdateMode.Replace, cancellationToken);

    public Task GetAsync(string partition, int row, CancellationToken cancellationToken) =>
        _table.GetEntityAsync<TableEntity>(partition, Key(row), cancellationToken: cancellationToken);

    public async Task<int> QueryAsync(string partition, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static string Key(int row) => $"r|{row:D52}";

    private static TableEntity Entity(string partition, int row) => new(partition, Key(row))
    {
        ["SchemaVersion"] = 1,
        ["Status"] = "Requested",
        ["Sequence"] = row,
        ["Name"] = "Anna Janssens",
        ["Email"] = "anna.janssens@example.org",
        ["Language"] = "en",
        ["RequestedAt"] = DateTimeOffset.UtcNow,
        ["Place"] = 1234567890123L,
        ["Consent"] = true,
        ["OperationId"] = "0123456789abcdef0123456789abcdef",
    };
}
