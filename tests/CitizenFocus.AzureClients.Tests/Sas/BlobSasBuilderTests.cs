using CitizenFocus.AzureClients.Tests.Blobs;

namespace CitizenFocus.AzureClients.Tests.Sas;

/// <summary>The expected queries were made by Azure.Storage.Blobs 12.30.1 from the same inputs.</summary>
public sealed class BlobSasBuilderTests(BlobFixture fixture) : IClassFixture<BlobFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly string Key = Convert.ToBase64String("0123456789abcdef"u8);
    private static readonly StorageSharedKeyCredential SharedKey = new("acct", Key);
    private static readonly UserDelegationKey DelegationKey = new()
    {
        SignedObjectId = "oid",
        SignedTenantId = "tid",
        SignedStartsOn = Start,
        SignedExpiresOn = Start.AddDays(1),
        SignedService = "b",
        SignedVersion = "2026-10-06",
        Value = Key,
    };

    [Fact]
    public void ServiceSas_WithEverything_IsTheOfficialOne()
    {
        var builder = Everything();
        builder.Identifier = "pol";

        Assert.Equal(
            "sv=2026-10-06&spr=https&st=2026-01-02T03%3A04%3A05Z&se=2026-01-02T04%3A04%3A05Z&si=pol&sr=b&sp=rwd&rscc=no-store"
            + "&rscd=attachment%3B+filename%3D%22x+y.pdf%22&rsce=gzip&rscl=en&rsct=application%2Fpdf"
            + "&sig=x4ZU7ZsQplIWOyBbwM7ZRt%2Fq9u0%2FCXl9AItXIOpAyIs%3D",
            builder.ToSasQueryParameters(SharedKey).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pol")] // A stored policy does not go with such a key.
    public void UserDelegationSas_WithEverything_IsTheOfficialOne(string? identifier)
    {
        var builder = Everything();
        builder.Identifier = identifier;

        Assert.Equal(
            "skoid=oid&sktid=tid&skt=2026-01-02T03%3A04%3A05Z&ske=2026-01-03T03%3A04%3A05Z&sks=b&skv=2026-10-06"
            + "&sv=2026-10-06&spr=https&st=2026-01-02T03%3A04%3A05Z&se=2026-01-02T04%3A04%3A05Z&sr=b&sp=rwd&rscc=no-store"
            + "&rscd=attachment%3B+filename%3D%22x+y.pdf%22&rsce=gzip&rscl=en&rsct=application%2Fpdf"
            + "&sig=bJf7834OfMOngdH%2BnvhUZupIYrK1QhbIDVloHcifwxo%3D",
            builder.ToSasQueryParameters(DelegationKey, "acct").ToString());
    }

    [Fact]
    public void ServiceSas_WithAllPermissions_IsTheOfficialOne() => Assert.Equal(
        "sv=2026-10-06&spr=https,http&se=2026-01-02T03%3A04%3A05Z&sr=b&sp=racwdxyltmei&sig=vxLRIrk92UjkvLX%2B9DLkHLD09oj8cBlP0nUXQluE6ds%3D",
        new BlobSasBuilder(BlobSasPermissions.All, Start)
        {
            BlobContainerName = "cont",
            BlobName = "(it's)!*~\\x",
            Protocol = SasProtocol.HttpsAndHttp,
        }.ToSasQueryParameters(SharedKey).ToString());

    [Fact]
    public void ServiceSas_OfAContainer_IsTheOfficialOne()
    {
        var builder = new BlobSasBuilder { BlobContainerName = "cont", ExpiresOn = Start };
        builder.SetPermissions("lr", normalize: true);

        Assert.Equal(
            "sv=2026-10-06&se=2026-01-02T03%3A04%3A05Z&sr=c&sp=rl&sig=YemVt1DHSOs4igLCYoYxEpj4i2r%2BJQ%2BBQQJ5d3WxTgA%3D",
            builder.ToSasQueryParameters(SharedKey).ToString());
    }

    [Fact]
    public void ServiceSas_OfAStoredPolicy_NeedsNothingElse() => Assert.Equal(
        "sv=2026-10-06&si=pol&sr=b&sig=0GrTNW%2Fcc6MqjEUi8ScxJAcKts8sYiFOGgA9e%2FRpaBU%3D",
        new BlobSasBuilder { BlobContainerName = "cont", BlobName = "x", Identifier = "pol" }.ToSasQueryParameters(SharedKey).ToString());

    [Fact]
    public void Sas_OfATimeElsewhere_IsInUtc() => Assert.Contains(
        "se=2026-01-02T03%3A04%3A05Z",
        new BlobSasBuilder(BlobSasPermissions.Read, Start.ToOffset(TimeSpan.FromHours(2))).ToSasQueryParameters(SharedKey).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Sas_WithoutExpiryOrPermissions_IsRefused()
    {
        var noPermissions = new BlobSasBuilder { ExpiresOn = Start };
        var noExpiry = new BlobSasBuilder();
        noExpiry.SetPermissions(BlobSasPermissions.Read);

        Assert.Throws<InvalidOperationException>(() => noPermissions.ToSasQueryParameters(SharedKey));
        Assert.Throws<InvalidOperationException>(() => noExpiry.ToSasQueryParameters(DelegationKey, "acct"));
        Assert.Throws<ArgumentException>(() => noExpiry.SetPermissions("rq", normalize: true));
    }

    [Fact]
    public void SasUri_OfAnotherBlob_IsRefused()
    {
        var blob = fixture.UniqueBlob();

        Assert.Throws<InvalidOperationException>(() => blob.GenerateSasUri(Reading(until: Start, "other", null)));
        Assert.Throws<InvalidOperationException>(() => blob.GenerateSasUri(Reading(until: Start, null, "other")));
    }

    [Fact]
    public void SasUri_WithoutAnAccountKey_NeedsADelegationKey()
    {
        var blob = new BlobServiceClient(new Uri("https://acct.blob.core.windows.net"), new StubToken())
            .GetBlobContainerClient("cont").GetBlobClient("a b/ü+.txt");

        Assert.Throws<ArgumentNullException>(() => blob.GenerateSasUri(BlobSasPermissions.Read, Start));
        Assert.Equal(
            $"https://acct.blob.core.windows.net/cont/a%20b/%C3%BC%2B.txt?{Everything().ToSasQueryParameters(DelegationKey, "acct")}",
            blob.GenerateUserDelegationSasUri(Everything(), DelegationKey).AbsoluteUri);
    }

    [Fact]
    public async Task SasUri_OfABlob_OpensThatBlobUntilItExpires()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("hello"));
        var now = DateTimeOffset.UtcNow;
        var good = blob.GenerateSasUri(Reading(until: now.AddHours(1), null, null));

        Assert.Equal("hello", (await new BlobClient(good).DownloadContentAsync()).Value.Content.ToString());
        await AssertForbiddenAsync(new BlobClient(blob.GenerateSasUri(Reading(until: now.AddHours(-1), null, null))));
        await AssertForbiddenAsync(new BlobClient(new Uri(good.AbsoluteUri.Replace("sp=r", "sp=rw", StringComparison.Ordinal))));
        var other = await fixture.UploadedBlobAsync(BinaryData.FromString("secret"));
        await AssertForbiddenAsync(new BlobClient(new UriBuilder(other.Uri) { Query = good.Query }.Uri));
    }

    [Fact]
    public async Task SasUri_ForReading_DoesNotLetWrite()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("hello"));
        var reader = new BlobClient(blob.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1)));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => reader.UploadAsync(BinaryData.FromString("x"), overwrite: true));

        Assert.Equal(403, refused.Status);
    }

    private static async Task AssertForbiddenAsync(BlobClient blob)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync());
        Assert.Equal(403, refused.Status);
    }

    private static BlobSasBuilder Reading(DateTimeOffset until, string? container, string? blob) =>
        new(BlobSasPermissions.Read, until) { BlobContainerName = container, BlobName = blob, ContentDisposition = "attachment" };

    private static BlobSasBuilder Everything() => new(BlobSasPermissions.Write | BlobSasPermissions.Read | BlobSasPermissions.Delete, Start.AddHours(1))
    {
        BlobContainerName = "cont",
        BlobName = "a b/ü+.txt",
        StartsOn = Start,
        ContentDisposition = "attachment; filename=\"x y.pdf\"",
        ContentType = "application/pdf",
        CacheControl = "no-store",
        ContentEncoding = "gzip",
        ContentLanguage = "en",
        Protocol = SasProtocol.Https,
    };
}
