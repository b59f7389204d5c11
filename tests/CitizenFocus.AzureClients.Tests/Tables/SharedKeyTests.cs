namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class SharedKeyTests
{
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The signatures are those that Azure.Data.Tables 12.13.0 sent for the same requests.</summary>
    [Theory]
    [InlineData("/Tables?$top=1", "r16Bmn5q26T+VEcJvg+XzTEX0uDO9JnF8d2W/EWNbG8=")]
    [InlineData("/t7861b30a(PartitionKey='p%20p',RowKey='r%27%27%C3%BCx')?$select=S%2CL", "x1mWzSI9UuSQcjlNkDoi/4QYdOgadj5uf2TsO0GUuhE=")]
    public void Signature_OnTheEmulator_IsTheOfficialOne(string path, string signature)
    {
        var policy = new TableSharedKeyPolicy(new TableSharedKeyCredential("devstoreaccount1", EmulatorKey));

        var authorization = policy.Authorization(
            "Sun, 22 Nov 2026 13:10:36 GMT", new Uri($"http://127.0.0.1:10002/devstoreaccount1{path}"));

        Assert.Equal($"SharedKeyLite devstoreaccount1:{signature}", authorization);
    }

    [Fact]
    public void Key_Rotated_SignsWithTheNewOne()
    {
        var credential = new TableSharedKeyCredential("account", "a2V5");
        var before = credential.Sign("text");

        credential.SetAccountKey("YW5vdGhlcg==");

        Assert.NotEqual(before, credential.Sign("text"));
    }

    [Fact]
    public void Key_NotBase64_IsRefused() =>
        Assert.Throws<FormatException>(() => new TableSharedKeyCredential("account", "not base64!"));
}
