using static CitizenFocus.AzureClients.Tables.TableTransactionActionType;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class ServiceLimitTests : TablesTest
{
    public static TheoryData<char> ForbiddenInKeys => [.. @"/\#?", '\0', '\t', '\n', '\u001F', '\u007F', '\u0085', '\u009F'];

    [Theory]
    [MemberData(nameof(ForbiddenInKeys))]
    public async Task Key_WithAForbiddenCharacter_IsRefused(char character)
    {
        await FailsAsync(400, "OutOfRangeInput", () => Table.AddEntityAsync(new TableEntity($"a{character}", "r")));
        await FailsAsync(400, "OutOfRangeInput", () => Table.UpsertEntityAsync(new TableEntity("p", $"a{character}")));
        await FailsAsync(400, "OutOfRangeInput", () => Table.GetEntityAsync<TableEntity>("p", $"a{character}"));
    }

    [Fact]
    public async Task Key_OfOneKibibyte_IsTheLongest()
    {
        await Table.AddEntityAsync(new TableEntity(new string('p', 512), "r"));

        await FailsAsync(400, "KeyValueTooLarge", () => Table.AddEntityAsync(new TableEntity("p", new string('r', 513))));
    }

    [Fact]
    public async Task String_Of32KCharacters_IsTheLongest()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = new string('ü', 32 * 1024) });

        await FailsAsync(400, "PropertyValueTooLarge", () => Table.AddEntityAsync(new TableEntity("p", "s") { ["A"] = new string('a', (32 * 1024) + 1) }));
    }

    [Fact]
    public async Task Binary_Of64KibiBytes_IsTheLongest()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = new byte[64 * 1024] });

        await FailsAsync(400, "PropertyValueTooLarge", () => Table.AddEntityAsync(new TableEntity("p", "s") { ["A"] = new byte[(64 * 1024) + 1] }));
    }

    [Fact]
    public async Task Entity_OfMoreThanOneMebibyte_IsRefused() =>
        await FailsAsync(400, "EntityTooLarge", () => Table.AddEntityAsync(Large("r", 17)));

    [Fact]
    public async Task Entity_With252Properties_IsTheWidest()
    {
        await Table.AddEntityAsync(Wide(252));

        await FailsAsync(400, "TooManyProperties", () => Table.UpsertEntityAsync(Wide(253)));
    }

    [Fact]
    public async Task PropertyName_Of255Characters_IsTheLongest()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { [new string('a', 255)] = 1L });

        await FailsAsync(400, "PropertyNameTooLong", () => Table.AddEntityAsync(new TableEntity("p", "s") { [new string('a', 256)] = 1 }));
    }

    [Fact]
    public async Task DateTime_Before1601_IsRefused() =>
        await FailsAsync(400, "OutOfRangeInput", () => Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = default(DateTimeOffset) }));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task PageSize_OutsideOneToAThousand_IsRefused(int size) =>
        await FailsAsync(400, "InvalidInput", async () =>
        {
            await foreach (var _ in Table.QueryAsync<TableEntity>(maxPerPage: size))
            {
            }
        });

    [Fact]
    public async Task Transaction_Of101Operations_IsRefused()
    {
        var error = await FailsAsync(400, "InvalidInput", () => Table.SubmitTransactionAsync(
            Enumerable.Range(0, 101).Select(i => Action(Add, new TableEntity("p", $"{i}")))));

        Assert.IsType<TableTransactionFailedException>(error);
        Assert.Empty(await QueryAsync());
    }

    [Fact]
    public async Task Transaction_OfTwoPartitions_IsRefused()
    {
        var error = await FailsAsync(400, "CommandsInBatchActOnDifferentPartitions", () => Table.SubmitTransactionAsync(
            [Action(Add, new TableEntity("p", "0")), Action(Add, new TableEntity("q", "1"))]));

        Assert.Equal(1, Assert.IsType<TableTransactionFailedException>(error).FailedTransactionActionIndex);
    }

    [Fact]
    public async Task Transaction_WithAnEntityTwice_IsRefused()
    {
        var error = await FailsAsync(400, "InvalidDuplicateRow", () => Table.SubmitTransactionAsync(
            [Action(UpsertMerge, new TableEntity("p", "0")), Action(Delete, new TableEntity("p", "0"))]));

        Assert.Equal(1, Assert.IsType<TableTransactionFailedException>(error).FailedTransactionActionIndex);
    }

    [Fact]
    public async Task Transaction_WithAnEntityTooLarge_NamesTheOperation()
    {
        var error = await FailsAsync(400, "EntityTooLarge", () => Table.SubmitTransactionAsync(
            [Action(Add, new TableEntity("p", "0")), Action(Add, Large("1", 17))]));

        Assert.Equal(1, Assert.IsType<TableTransactionFailedException>(error).FailedTransactionActionIndex);
    }

    [Fact]
    public async Task Transaction_OfMoreThanFourMebibytes_IsRefused() =>
        await FailsAsync(413, "RequestBodyTooLarge", () => Table.SubmitTransactionAsync(
            Enumerable.Range(0, 10).Select(i => Action(Add, Large($"{i}", 15)))));

    /// <summary>So many binaries of 64,000 bytes.</summary>
    private static TableEntity Large(string rowKey, int binaries)
    {
        var entity = new TableEntity("p", rowKey);
        for (var i = 0; i < binaries; i++)
        {
            entity[$"A{i}"] = new byte[64_000];
        }

        return entity;
    }

    private static TableEntity Wide(int properties)
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < properties; i++)
        {
            entity[$"A{i}"] = i;
        }

        return entity;
    }
}
