extern alias OfficialTables;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class OfficialSdkFilterTests
{
    [Fact]
    public void Filter_WithAnyValue_IsTheOfficialOne() =>
        Arbitrary.Holds(Arbitrary.Value, 500, value =>
        {
            FormattableString filter = $"A eq {value} and {{B}} ne {value}";
            Assert.Equal(OfficialTables::Azure.Data.Tables.TableClient.CreateQueryFilter(filter), TableClient.CreateQueryFilter(filter));
            return Task.CompletedTask;
        });
}
