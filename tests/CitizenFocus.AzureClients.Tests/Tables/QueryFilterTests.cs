using System.Text;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class QueryFilterTests : TablesTest
{
    /// <summary>No value can say anything but itself: it finds its own row, and never the other.</summary>
    [Fact]
    public async Task Filter_WithAnyValue_FindsExactlyTheRowThatHasIt()
    {
        await Table.AddEntityAsync(new TableEntity("p", "other") { ["A"] = "other" });

        Arbitrary.Holds(Arbitrary.Comparable, 150, async value =>
        {
            await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = value });

            var rows = await QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and A eq {value}"));

            Assert.Equal(["r"], rows.Select(row => row.RowKey));
        });
    }

    [Fact]
    public async Task Filter_WithARangeOfKeys_FindsWhatStartsSo()
    {
        foreach (var key in new[] { "q|1", "w|1", "w|2", "x|1" })
        {
            await Table.AddEntityAsync(new TableEntity("p", key));
        }

        var rows = await QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and RowKey ge {"w|"} and RowKey lt {"w}"}"));

        Assert.Equal(["w|1", "w|2"], rows.Select(row => row.RowKey));
    }

    [Fact]
    public void Filter_OfEachType_IsItsLiteral()
    {
        Assert.Equal("A eq 5L", TableClient.CreateQueryFilter($"A eq {5L}"));
        Assert.Equal("A eq 5", TableClient.CreateQueryFilter($"A eq {5}"));
        Assert.Equal("A eq true", TableClient.CreateQueryFilter($"A eq {true}"));
        Assert.Equal("A eq null", TableClient.CreateQueryFilter($"A eq {null}"));
        Assert.Equal("A eq 2.5", TableClient.CreateQueryFilter($"A eq {2.5}"));
        Assert.Equal("A eq 'it''s {0}'", TableClient.CreateQueryFilter($"A eq {"it's {0}"}"));
        Assert.Equal("A eq X'00FF'", TableClient.CreateQueryFilter($"A eq {new byte[] { 0, 255 }}"));
        Assert.Equal("A eq X'00FF'", TableClient.CreateQueryFilter($"A eq {BinaryData.FromBytes([0, 255])}"));
        Assert.Equal("A eq ''''", TableClient.CreateQueryFilter($"A eq {'\''}"));
        Assert.Equal("A eq 'it''s'", TableClient.CreateQueryFilter($"A eq {new StringBuilder("it's")}"));
        Assert.Equal("A eq guid'00000000-0000-0000-0000-000000000000'", TableClient.CreateQueryFilter($"A eq {Guid.Empty}"));
        Assert.Equal("A eq datetime'1970-01-01T00:00:00.0000001Z'", TableClient.CreateQueryFilter($"A eq {DateTimeOffset.UnixEpoch.AddTicks(1)}"));
        Assert.Equal("A eq datetime'1970-01-01T00:00:00Z'", TableClient.CreateQueryFilter($"A eq {DateTime.UnixEpoch}"));
    }

    [Fact]
    public void Filter_WithAValueOfAnotherType_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {new Uri("https://example.org")}"));
}
