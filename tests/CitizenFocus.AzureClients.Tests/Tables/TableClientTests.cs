namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class TableClientTests : TablesTest
{
    private static readonly ETag Stale = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

    [Fact]
    public async Task Table_CreatedTwice_IsAConflict() =>
        await FailsAsync(409, "TableAlreadyExists", () => Table.CreateAsync());

    [Fact]
    public async Task Table_CreatedIfNotThere_TellsByItsStatus()
    {
        var response = await Service.CreateTableIfNotExistsAsync(Table.Name);

        Assert.Equal((409, Table.Name), (response.GetRawResponse().Status, response.Value.Name));
        Assert.False(response.GetRawResponse().IsError);
    }

    [Fact]
    public async Task Table_Deleted_IsGone()
    {
        Assert.Equal(204, (await Service.DeleteTableAsync(Table.Name)).Status);
        Assert.Equal(404, (await Table.DeleteAsync()).Status);
        await FailsAsync(404, "TableNotFound", () => Table.AddEntityAsync(new TableEntity("p", "r")));
    }

    [Fact]
    public async Task Tables_Queried_AreFoundByName()
    {
        var names = new List<string>();
        await foreach (var table in Service.QueryAsync($"TableName eq '{Table.Name}'"))
        {
            names.Add(table.Name);
        }

        Assert.Equal([Table.Name], names);
    }

    [Fact]
    public async Task Entity_Added_IsReadWithItsETag()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["Seats"] = 25 });

        var entity = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((25, added.Headers.ETag!.Value), (entity.GetInt32("Seats"), entity.ETag));
        Assert.NotNull(entity.Timestamp);
    }

    [Fact]
    public async Task Entity_AddedTwice_IsAConflict()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        await FailsAsync(409, "EntityAlreadyExists", () => Table.AddEntityAsync(new TableEntity("p", "r")));
    }

    [Fact]
    public async Task Entity_NotThere_IsAnErrorOrNoValue()
    {
        await FailsAsync(404, "ResourceNotFound", () => Table.GetEntityAsync<TableEntity>("p", "r"));

        var response = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(response.HasValue);
        Assert.False(response.GetRawResponse().IsError);
        Assert.Throws<InvalidOperationException>(() => response.Value);
    }

    [Fact]
    public async Task Entity_Selected_HasTheSelectedProperties()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1L, ["B"] = "b" });

        var entity = (await Table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "A"])).Value;

        Assert.Equal(["A", "RowKey"], entity.Keys.Where(key => key != "odata.etag").Order());
        Assert.Equal(1L, entity.GetInt64("A"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "a")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task Entity_Upserted_KeepsWhatTheModeSays(TableUpdateMode mode, string? expected)
    {
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "a" }, mode);

        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = "b" }, mode);

        var entity = (await Table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((expected, "b"), (entity.GetString("A"), entity.GetString("B")));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "a")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task Entity_UpdatedWithItsETag_KeepsWhatTheModeSays(TableUpdateMode mode, string? expected)
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a" });

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = "b" }, added.Headers.ETag!.Value, mode);

        Assert.Equal(expected, (await Table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("A"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task Entity_UpdatedWithAStaleETag_FailsItsCondition(TableUpdateMode mode)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        await FailsAsync(412, "UpdateConditionNotSatisfied", () => Table.UpdateEntityAsync(new TableEntity("p", "r"), Stale, mode));
    }

    [Fact]
    public async Task Entity_UpdatedWithoutAnETag_IsRefusedBeforeSending() =>
        await Assert.ThrowsAsync<ArgumentException>("ifMatch", () => Table.UpdateEntityAsync(new TableEntity("p", "r"), default));

    [Fact]
    public async Task Entity_NotThereUpdated_IsNotFound() =>
        await FailsAsync(404, "ResourceNotFound", () => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));

    [Fact]
    public async Task Entity_Deleted_AnswersOnceWith204()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(204, (await Table.DeleteEntityAsync("p", "r")).Status);
        Assert.Equal(404, (await Table.DeleteEntityAsync(new TableEntity("p", "r"))).Status);
    }

    [Fact]
    public async Task Entity_DeletedWithAStaleETag_FailsItsCondition()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        await FailsAsync(412, "UpdateConditionNotSatisfied", () => Table.DeleteEntityAsync("p", "r", Stale));
    }

    [Fact]
    public async Task Query_WithABadFilter_IsRefusedWithItsCode() =>
        await FailsAsync(400, "InvalidInput", () => QueryAsync("no filter"));

    [Fact]
    public async Task Entity_OfAnotherType_IsNotSupported()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(new OtherEntity()));
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.GetEntityAsync<OtherEntity>("p", "r"));
        Assert.Throws<NotSupportedException>(() => Table.QueryAsync<OtherEntity>());
    }

    private sealed class OtherEntity : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }
}
