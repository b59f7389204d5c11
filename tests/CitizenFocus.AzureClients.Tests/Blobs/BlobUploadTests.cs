using System.Net;

namespace CitizenFocus.AzureClients.Tests.Blobs;

public sealed class BlobUploadTests(BlobFixture fixture) : IClassFixture<BlobFixture>
{
    private const int MiB = 1024 * 1024;

    private static readonly BlobUploadOptions InSmallBlocks = new()
    {
        TransferOptions = new StorageTransferOptions { InitialTransferSize = 1, MaximumTransferSize = 1_000_003, MaximumConcurrency = 3 },
        HttpHeaders = new BlobHttpHeaders { ContentType = "video/mp4" },
        Metadata = new Dictionary<string, string> { ["title"] = "Recording" },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_InBlocks_IsByteForByteTheContent(bool seekable)
    {
        var bytes = new byte[20 * MiB];
        Random.Shared.NextBytes(bytes);
        var blob = fixture.UniqueBlob();

        await blob.UploadAsync(new OneWayStream(bytes, seekable), InSmallBlocks);

        var result = (await blob.DownloadContentAsync()).Value;
        Assert.True(result.Content.ToMemory().Span.SequenceEqual(bytes));
        Assert.Equal("video/mp4", result.Details.ContentType);
        Assert.Equal("Recording", result.Details.Metadata["title"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_003)]
    [InlineData(1_000_004)]
    public async Task Upload_OfUnknownLength_IsByteForByteTheContent(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        var blob = fixture.UniqueBlob();

        await blob.UploadAsync(new OneWayStream(bytes, seekable: false), InSmallBlocks);

        Assert.Equal(bytes, (await blob.DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task Upload_InBlocksUnderACondition_LeavesTheBlobThatIsThere()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("first"));
        var options = new BlobUploadOptions
        {
            TransferOptions = InSmallBlocks.TransferOptions,
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("second"), options));

        Assert.Equal(409, refused.Status);
        Assert.Equal("first", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Upload_OfAStreamInTheMiddle_StartsThereAndLeavesItOpen()
    {
        var blob = fixture.UniqueBlob();
        using var stream = new MemoryStream("hello world"u8.ToArray()) { Position = 6 };

        await blob.UploadAsync(stream);

        Assert.Equal("world", (await blob.DownloadContentAsync()).Value.Content.ToString());
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Upload_AnsweredBy503_IsSentAgainFromItsStart()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created]);
        var service = new StubHandler(_ => new HttpResponseMessage(answers.Dequeue()));
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/library/handbook.pdf"), service.Options);

        await blob.UploadAsync(new MemoryStream("hello"u8.ToArray()));

        Assert.Equal(["hello", "hello"], service.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Uploads_OfOneBlobAtOnce_NeverShareBlocks()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Created));
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/library/handbook.pdf"), service.Options);

        await blob.UploadAsync(BinaryData.FromString("one"), InSmallBlocks);
        await blob.UploadAsync(BinaryData.FromString("two"), InSmallBlocks);

        var blocks = service.Requests.Where(request => request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, blocks.DistinctBy(request => request.Uri.Query).Count());
    }

    [Fact]
    public async Task Upload_WhoseBlockIsRefused_CommitsNothing()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Forbidden));
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/library/handbook.pdf"), service.Options);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(new MemoryStream(new byte[20 * MiB]), InSmallBlocks));

        Assert.Equal(403, refused.Status);
        Assert.DoesNotContain(service.Requests, request => request.Uri.Query.Contains("blocklist", StringComparison.Ordinal));
    }

    /// <summary>Hands out at most 64 KiB a time, as a network does.</summary>
    private sealed class OneWayStream(byte[] bytes, bool seekable) : MemoryStream(bytes)
    {
        public override bool CanSeek => seekable;

        public override long Length => seekable ? base.Length : throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 64 * 1024)], cancellationToken);
    }
}
