using CitizenFocus.Testing;

namespace CitizenFocus.AzureClients.Tests.Blobs;

public sealed class BlobContainerClientTests
{
    [Fact]
    public async Task Container_ThroughItsLife_ExistsBetweenCreationAndDeletion()
    {
        var service = new BlobServiceClient(await AzuriteFixture.ConnectionStringAsync());
        var container = service.GetBlobContainerClient(AzuriteFixture.UniqueName("life"));

        Assert.False((await container.ExistsAsync()).Value);
        Assert.NotNull(await container.CreateIfNotExistsAsync());
        Assert.Null(await container.CreateIfNotExistsAsync());
        Assert.True((await container.ExistsAsync()).Value);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => container.CreateAsync());
        Assert.Equal((409, "ContainerAlreadyExists"), (refused.Status, refused.ErrorCode));
        Assert.True((await container.DeleteIfExistsAsync()).Value);
        Assert.False((await container.DeleteIfExistsAsync()).Value);
        refused = await Assert.ThrowsAsync<RequestFailedException>(() => container.DeleteAsync());
        Assert.Equal((404, "ContainerNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Blobs_Listed_AreThoseOfThePrefixOverAllPages()
    {
        var container = new BlobContainerClient(await AzuriteFixture.ConnectionStringAsync(), AzuriteFixture.UniqueName("list"));
        await container.CreateAsync();
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["title"] = "T" } };
        foreach (var name in new[] { "a/1", "a/2", "a/3", "b/1", "a/<&>" })
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), options);
        }

        var pages = new List<Page<BlobItem>>();
        await foreach (var page in container.GetBlobsAsync(new GetBlobsOptions { Prefix = "a/", Traits = BlobTraits.Metadata }).AsPages(pageSizeHint: 2))
        {
            pages.Add(page);
        }

        var blobs = pages.SelectMany(page => page.Values).ToList();
        Assert.Equal(["a/1", "a/2", "a/3", "a/<&>"], blobs.Select(blob => blob.Name));
        Assert.True(pages.Count >= 2);
        Assert.All(blobs, blob => Assert.Equal("T", blob.Metadata["Title"]));
        var first = (await container.GetBlobClient("a/1").GetPropertiesAsync()).Value;
        Assert.Equal(first.ContentLength, blobs[0].Properties.ContentLength);
        Assert.Equal(first.LastModified, blobs[0].Properties.LastModified);
        Assert.Equal(first.ContentHash, blobs[0].Properties.ContentHash);
        Assert.Equal(first.ETag.ToString().Trim('"'), blobs[0].Properties.ETag.ToString());
    }

    [Theory]
    [InlineData("ab", "OutOfRangeInput")]
    [InlineData("Upper", "InvalidResourceName")]
    [InlineData("double--hyphen", "InvalidResourceName")]
    public async Task Container_WithAForbiddenName_IsRefusedUnsent(string name, string errorCode)
    {
        var container = new BlobContainerClient("UseDevelopmentStorage=true", name);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => container.CreateIfNotExistsAsync());

        Assert.Equal((400, errorCode), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public void Container_OfAService_HasAnAddressUnderIt()
    {
        var credential = new StorageSharedKeyCredential("account", "a2V5");

        var blob = new BlobServiceClient(new Uri("https://account.blob.core.windows.net/"), credential)
            .GetBlobContainerClient("library").GetBlobClient("a b/ü.pdf");

        Assert.Equal("https://account.blob.core.windows.net/library/a%20b/%C3%BC.pdf", blob.Uri.AbsoluteUri);
        Assert.Equal(("account", "library", "a b/ü.pdf"), (blob.AccountName, blob.BlobContainerName, blob.Name));
        Assert.True(blob.CanGenerateSasUri);
    }
}
