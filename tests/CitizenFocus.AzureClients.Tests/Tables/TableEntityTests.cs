namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class TableEntityTests
{
    [Fact]
    public void Entity_New_HasNothing()
    {
        var entity = new TableEntity();

        Assert.Equal((0, default, null), (entity.Count, entity.ETag, entity.Timestamp));
        Assert.Null(entity.PartitionKey);
        Assert.Null(entity["Missing"]);
        Assert.Null(entity.GetInt64("Missing"));
    }

    [Fact]
    public void Entity_OfADictionary_IsACopy()
    {
        var values = new Dictionary<string, object?> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["A"] = 1 };
        var entity = new TableEntity(values);

        values["A"] = 2;

        Assert.Equal(("p", "r", 1), (entity.PartitionKey, entity.RowKey, entity.GetInt32("A")));
    }

    [Fact]
    public void Property_OfAnotherType_IsAnError()
    {
        var entity = new TableEntity { ["A"] = "a" };

        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("A"));
    }

    [Theory]
    [InlineData(5L, 3L)]
    [InlineData(5.0, 3.0)]
    [InlineData(5, 3)]
    public void Property_AssignedAnInt_StaysOfItsType(object before, object after)
    {
        var entity = new TableEntity { ["A"] = before };

        entity["A"] = 3;

        Assert.Equal(after, entity["A"]);
    }

    [Fact]
    public void Dates_OfEitherType_AreReadAsEither()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var entity = new TableEntity { ["A"] = instant, ["B"] = instant.UtcDateTime };

        Assert.Equal(instant.UtcDateTime, entity.GetDateTime("A"));
        Assert.Equal(DateTimeKind.Utc, entity.GetDateTime("A")!.Value.Kind);
        Assert.Equal(instant, entity.GetDateTimeOffset("B"));
    }

    [Fact]
    public void Bytes_AreReadAsBinaryDataToo()
    {
        var entity = new TableEntity { ["A"] = new byte[] { 1, 2 } };

        Assert.Equal([1, 2], entity.GetBinaryData("A")!.ToArray());
    }

    [Fact]
    public void ErrorCode_ComparedToAString_IgnoresCase()
    {
        Assert.True(TableErrorCode.EntityNotFound == "entitynotfound");
        Assert.True("TableNotFound" != TableErrorCode.EntityNotFound);
        Assert.Equal(new TableErrorCode("A").GetHashCode(), new TableErrorCode("a").GetHashCode());
    }
}
