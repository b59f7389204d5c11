using CitizenFocus.Testing;

namespace CitizenFocus.AzureClients.Tests.Blobs;

/// <summary>A container of its own for each class of tests.</summary>
public sealed class BlobFixture : IAsyncLifetime
{
    public BlobContainerClient Container { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Container = new BlobContainerClient(await AzuriteFixture.ConnectionStringAsync(), AzuriteFixture.UniqueName("blobs"));
        await Container.CreateIfNotExistsAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A blob that nobody else has.</summary>
    public BlobClient UniqueBlob() => Container.GetBlobClient($"folder/{AzuriteFixture.UniqueName("blob")}");

    public async Task<BlobClient> UploadedBlobAsync(BinaryData content)
    {
        var blob = UniqueBlob();
        await blob.UploadAsync(content);
        return blob;
    }
}
