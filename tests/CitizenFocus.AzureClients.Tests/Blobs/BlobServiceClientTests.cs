using System.Net;

namespace CitizenFocus.AzureClients.Tests.Blobs;

public sealed class BlobServiceClientTests
{
    private static readonly Uri Address = new("https://account.blob.core.windows.net/");

    [Fact]
    public async Task Request_WithATokenCredential_BearsItsToken()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.OK));
        var credential = new StubToken();
        var blob = new BlobServiceClient(Address, credential, service.Options).GetBlobContainerClient("library").GetBlobClient("x");

        await blob.ExistsAsync();

        Assert.Equal("Bearer the-token", Assert.Single(service.Requests).Header("Authorization"));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.False(blob.CanGenerateSasUri);
    }

    [Fact]
    public void TokenCredential_WithoutHttps_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new BlobServiceClient(new Uri("http://account.blob.core.windows.net"), new StubToken()));

    [Fact]
    public async Task UserDelegationKey_AskedFor_IsReadWhole()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(
                """
                <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid>
                <SignedStart>2026-01-02T03:04:05Z</SignedStart><SignedExpiry>2026-01-03T03:04:05Z</SignedExpiry>
                <SignedService>b</SignedService><SignedVersion>2026-10-06</SignedVersion><Value>a2V5</Value></UserDelegationKey>
                """),
        });
        var startsOn = new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1));

        var options = new BlobGetUserDelegationKeyOptions(startsOn.AddDays(1)) { StartsOn = startsOn };
        var key = (await new BlobServiceClient(Address, new StubToken(), service.Options).GetUserDelegationKeyAsync(options)).Value;

        Assert.Equal(("oid", "tid", "b", "2026-10-06", "a2V5"), (key.SignedObjectId, key.SignedTenantId, key.SignedService, key.SignedVersion, key.Value));
        Assert.Equal((startsOn, startsOn.AddDays(1)), (key.SignedStartsOn, key.SignedExpiresOn));
        var request = Assert.Single(service.Requests);
        Assert.Equal("https://account.blob.core.windows.net/?restype=service&comp=userdelegationkey", request.Uri.AbsoluteUri);
        Assert.EndsWith(
            "<KeyInfo><Start>2026-01-02T03:04:05Z</Start><Expiry>2026-01-03T03:04:05Z</Expiry></KeyInfo>", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_WithAnXmlBody_TellsItsCodeAndMessage()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Forbidden)
        {
            Content = new StringContent("<?xml version=\"1.0\"?><Error><Code>AuthorizationFailure</Code><Message>Not you.\nRequestId:1</Message></Error>"),
        });
        var blob = new BlobClient(new Uri(Address, "library/x"), service.Options);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadStreamingAsync());

        Assert.Equal((403, "AuthorizationFailure"), (refused.Status, refused.ErrorCode));
        Assert.StartsWith("Not you.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_WithABodyThatIsNoXml_TellsItsStatus()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("<html><br>no") });
        var blob = new BlobClient(new Uri(Address, "library/x"), service.Options);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadStreamingAsync());

        Assert.Equal((403, null), (refused.Status, refused.ErrorCode));
    }
}
