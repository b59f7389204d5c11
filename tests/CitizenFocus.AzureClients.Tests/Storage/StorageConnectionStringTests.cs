namespace CitizenFocus.AzureClients.Tests.Storage;

public sealed class StorageConnectionStringTests
{
    private const string Key = "a2V5";

    [Fact]
    public void ConnectionString_OfTheEmulator_HasItsAccountAndPorts()
    {
        var parsed = StorageConnectionString.Parse("UseDevelopmentStorage=true");

        Assert.Equal("devstoreaccount1", parsed.AccountName);
        Assert.Equal(
            ["http://127.0.0.1:10000/devstoreaccount1", "http://127.0.0.1:10001/devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1"],
            [parsed.BlobEndpoint.AbsoluteUri, parsed.QueueEndpoint.AbsoluteUri, parsed.TableEndpoint.AbsoluteUri]);
    }

    [Fact]
    public void ConnectionString_OfAnAccount_DerivesItsEndpoints()
    {
        var parsed = StorageConnectionString.Parse($"AccountName=acct;AccountKey={Key};EndpointSuffix=core.chinacloudapi.cn;");

        Assert.Equal(new Uri("https://acct.table.core.chinacloudapi.cn"), parsed.TableEndpoint);
        Assert.Equal(new Uri("https://acct.blob.core.chinacloudapi.cn"), parsed.BlobEndpoint);
        Assert.Equal(Key, parsed.AccountKey);
    }

    [Fact]
    public void ConnectionString_WithEndpoints_TakesThem()
    {
        var parsed = StorageConnectionString.Parse($"tableendpoint=http://127.0.0.1:1/acct ; AccountName=acct;AccountKey={Key}");

        Assert.Equal(new Uri("http://127.0.0.1:1/acct"), parsed.TableEndpoint);
        Assert.Equal(new Uri("https://acct.queue.core.windows.net"), parsed.QueueEndpoint);
    }

    [Theory]
    [InlineData("secret", "Name=Value")]
    [InlineData("AccountName=acct", "AccountKey")]
    [InlineData("AccountKey=c2VjcmV0", "AccountName")]
    [InlineData("AccountName=acct;AccountKey=secret!", "base64")]
    [InlineData("AccountName=acct;AccountKey=c2VjcmV0;AccountKey=c2VjcmV0", "twice")]
    [InlineData("AccountName=acct;AccountKey=c2VjcmV0;TableEndpoint=acct", "TableEndpoint")]
    [InlineData("AccountName=acct;AccountKey=c2VjcmV0;SharedAccessSignature=secret", "not supported")]
    [InlineData("UseDevelopmentStorage=secret", "true")]
    public void ConnectionString_Malformed_SaysWhatWithoutTheKey(string connectionString, string remedy)
    {
        var error = Assert.Throws<FormatException>(() => StorageConnectionString.Parse(connectionString));

        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConnectionString_Printed_HidesTheKey() =>
        Assert.DoesNotContain(Key, StorageConnectionString.Parse($"AccountName=acct;AccountKey={Key}").ToString(), StringComparison.Ordinal);
}
