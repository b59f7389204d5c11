using System.Net;
using static CitizenFocus.AzureClients.Tables.TableTransactionActionType;
using static CitizenFocus.AzureClients.Tests.Tables.FakeService;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class QueryTests : TablesTest
{
    private const int Rows = 1_250;

    [Fact]
    public async Task Query_OfMoreThanAPage_FindsEachRowOnceInOrder()
    {
        await FillAsync();

        var rows = await QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {"p"}"));

        Assert.Equal(Enumerable.Range(0, Rows).Select(i => $"{i:0000}"), rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal(("p", long.Parse(row.RowKey, null)), (row.PartitionKey, row.GetInt64("N"))));
    }

    [Fact]
    public async Task Query_Interrupted_GoesOnFromItsToken()
    {
        await FillAsync();
        string? token = null;
        await foreach (var page in Table.QueryAsync<TableEntity>(maxPerPage: 400, select: ["RowKey"]).AsPages())
        {
            Assert.Equal(400, page.Values.Count);
            token = page.ContinuationToken;
            break;
        }

        var rest = new List<string>();
        await foreach (var page in Table.QueryAsync<TableEntity>(select: ["RowKey"]).AsPages(token, pageSizeHint: 500))
        {
            rest.AddRange(page.Values.Select(row => row.RowKey));
        }

        Assert.Equal(Enumerable.Range(400, Rows - 400).Select(i => $"{i:0000}"), rest);
    }

    [Fact]
    public async Task Query_WithAnEmptyPage_GoesOnWhileThereIsAContinuation()
    {
        var service = new FakeService(
            Answer(HttpStatusCode.OK, """{"value":[]}""", ("x-ms-continuation-NextPartitionKey", "1!4!cA--"), ("x-ms-continuation-NextRowKey", "1!4!cg--")),
            Answer(HttpStatusCode.OK, """{"value":[]}""", ("x-ms-continuation-NextPartitionKey", "1!4!cQ--")),
            Answer(HttpStatusCode.OK, """{"value":[{"PartitionKey":"p","RowKey":"r"}]}"""));

        var rows = new List<TableEntity>();
        await foreach (var row in service.Table().QueryAsync<TableEntity>("A eq 1"))
        {
            rows.Add(row);
        }

        Assert.Equal("r", Assert.Single(rows).RowKey);
        Assert.Equal(
            ["?$filter=A%20eq%201", "?$filter=A%20eq%201&NextPartitionKey=1%214%21cA--&NextRowKey=1%214%21cg--", "?$filter=A%20eq%201&NextPartitionKey=1%214%21cQ--"],
            service.Requests.Select(request => request.Request.RequestUri!.Query));
    }

    [Fact]
    public async Task Query_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Table.QueryAsync<TableEntity>().WithCancellation(cancellation.Token))
            {
            }
        });
    }

    private async Task FillAsync()
    {
        foreach (var chunk in Enumerable.Range(0, Rows).Chunk(100))
        {
            await Table.SubmitTransactionAsync([.. chunk.Select(i => Action(Add, new TableEntity("p", $"{i:0000}") { ["N"] = (long)i }))]);
        }
    }
}
