using static CitizenFocus.AzureClients.Tables.TableTransactionActionType;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class TransactionTests : TablesTest
{
    [Fact]
    public async Task Transaction_OfAllKinds_IsAppliedInOrder()
    {
        await Table.SubmitTransactionAsync([.. Enumerable.Range(1, 5).Select(i => Action(Add, new TableEntity("p", $"{i}") { ["A"] = "a" }))]);

        var response = await Table.SubmitTransactionAsync(
        [
            Action(Add, new TableEntity("p", "ü 'x' %") { ["N"] = long.MaxValue }),
            Action(UpdateMerge, new TableEntity("p", "1") { ["B"] = "b" }, ETag.All),
            Action(UpdateReplace, new TableEntity("p", "2") { ["B"] = "b" }, ETag.All),
            Action(UpsertMerge, new TableEntity("p", "3") { ["B"] = "b" }),
            Action(UpsertReplace, new TableEntity("p", "4") { ["B"] = "b" }),
            Action(Delete, new TableEntity("p", "5")),
        ]);

        Assert.Equal(202, response.GetRawResponse().Status);
        Assert.All(response.Value, part => Assert.Equal(204, part.Status));
        var rows = (await QueryAsync()).ToDictionary(row => row.RowKey, row => (row.GetString("A"), row.GetString("B")));
        Assert.Equal(
            new() { ["ü 'x' %"] = (null, null), ["1"] = ("a", "b"), ["2"] = (null, "b"), ["3"] = ("a", "b"), ["4"] = (null, "b") }, rows);
        Assert.Equal(long.MaxValue, (await Table.GetEntityAsync<TableEntity>("p", "ü 'x' %")).Value.GetInt64("N"));
    }

    [Fact]
    public async Task Transaction_Applied_AnswersWithTheETagOfEachRow()
    {
        var response = await Table.SubmitTransactionAsync([.. Enumerable.Range(0, 100).Select(i => Action(Add, new TableEntity("p", $"{i:000}")))]);

        var rows = await QueryAsync();
        Assert.Equal(100, rows.Count);
        Assert.Equal(rows.Select(row => row.ETag), response.Value.Select(part => part.Headers.ETag!.Value));
    }

    [Fact]
    public async Task Transaction_WithOneConflict_ChangesNothingAndNamesTheOperation()
    {
        await Table.AddEntityAsync(new TableEntity("p", "2"));

        var error = await FailsAsync(409, "EntityAlreadyExists", () => Table.SubmitTransactionAsync(
            [Action(Add, new TableEntity("p", "0")), Action(Add, new TableEntity("p", "1")), Action(Add, new TableEntity("p", "2"))]));

        Assert.Equal(2, Assert.IsType<TableTransactionFailedException>(error).FailedTransactionActionIndex);
        Assert.Equal(["2"], (await QueryAsync()).Select(row => row.RowKey));
    }

    [Fact]
    public async Task Transaction_WithAStaleETag_ChangesNothing()
    {
        var stale = (await Table.AddEntityAsync(new TableEntity("p", "s"))).Headers.ETag!.Value;
        await Table.UpsertEntityAsync(new TableEntity("p", "s") { ["Seats"] = 1 });

        var error = await FailsAsync(412, "UpdateConditionNotSatisfied", () => Table.SubmitTransactionAsync(
            [Action(Add, new TableEntity("p", "r")), Action(UpdateMerge, new TableEntity("p", "s") { ["Seats"] = 2 }, stale)]));

        Assert.Equal(1, Assert.IsType<TableTransactionFailedException>(error).FailedTransactionActionIndex);
        Assert.Equal([1], (await QueryAsync()).Select(row => row.GetInt32("Seats")));
    }

    [Fact]
    public async Task Transaction_DeletingWhatIsNotThere_IsNotFound() =>
        await FailsAsync(404, "ResourceNotFound", () => Table.SubmitTransactionAsync([Action(Delete, new TableEntity("p", "r"))]));

    [Fact]
    public async Task Transaction_OfNothing_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));

    [Fact]
    public async Task ETag_WithALineBreak_CannotAddAHeader() =>
        await Assert.ThrowsAsync<FormatException>(() => Table.SubmitTransactionAsync(
            [Action(UpdateMerge, new TableEntity("p", "r"), new ETag("*\r\nX: y"))]));

    [Fact]
    public async Task Value_ThatLooksLikeABoundary_StaysAValue()
    {
        const string Text = "\r\n--changeset_1--\r\n--batch_1--\r\n\r\nHTTP/1.1 500 No";

        await Table.SubmitTransactionAsync([Action(Add, new TableEntity("p", "r") { ["A"] = Text }), Action(Add, new TableEntity("p", "s"))]);

        Assert.Equal(Text, (await Table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("A"));
    }
}
