using CitizenFocus.Testing;

namespace CitizenFocus.AzureClients.Tests.Tables;

/// <summary>A table of one's own on Azurite, gone after the test.</summary>
public abstract class TablesTest : IAsyncLifetime
{
    protected TableClient Table { get; private set; } = null!;

    protected TableServiceClient Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Service = new TableServiceClient(await AzuriteFixture.ConnectionStringAsync());
        Table = Service.GetTableClient(AzuriteFixture.UniqueName("t"));
        await Table.CreateAsync();
    }

    public async Task DisposeAsync() => await Table.DeleteAsync();

    protected static TableTransactionAction Action(TableTransactionActionType type, TableEntity entity, ETag etag = default) => new(type, entity, etag);

    protected static async Task<RequestFailedException> FailsAsync(int status, string code, Func<Task> act)
    {
        var error = await Assert.ThrowsAnyAsync<RequestFailedException>(act);
        Assert.Equal((status, code), (error.Status, error.ErrorCode));
        return error;
    }

    protected async Task<List<TableEntity>> QueryAsync(string? filter = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter))
        {
            rows.Add(row);
        }

        return rows;
    }
}
