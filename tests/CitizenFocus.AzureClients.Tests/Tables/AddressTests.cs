namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class AddressTests
{
    [Theory]
    [InlineData("https://acct.table.core.windows.net", "acct", "https://acct.table.core.windows.net/webinars")]
    [InlineData("https://acct.table.core.windows.net/", "acct", "https://acct.table.core.windows.net/webinars")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1/webinars")]
    [InlineData("http://localhost:10002/devstoreaccount1/", "devstoreaccount1", "http://localhost:10002/devstoreaccount1/webinars")]
    public void Client_OfAnEndpoint_KnowsAccountAndAddress(string endpoint, string account, string address)
    {
        var service = new TableServiceClient(new Uri(endpoint), new TableSharedKeyCredential(account, "a2V5"));

        var table = service.GetTableClient("webinars");

        Assert.Equal((account, account, "webinars"), (service.AccountName, table.AccountName, table.Name));
        Assert.Equal(address, table.Uri.AbsoluteUri);
    }

    [Fact]
    public void Client_OfAnEmptyName_IsRefused() =>
        Assert.Throws<ArgumentException>("tableName", () => new TableServiceClient("UseDevelopmentStorage=true").GetTableClient(""));
}
