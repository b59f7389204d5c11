using System.Net;

namespace CitizenFocus.AzureClients.Tests.Blobs;

public sealed class BlobResumeTests
{
    private const string ETagText = "\"0x8D1\"";

    private static readonly Uri Address = new("https://account.blob.core.windows.net/library/handbook.pdf");

    private readonly byte[] _bytes = [.. Enumerable.Range(0, 1_000).Select(index => (byte)index)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_WhoseConnectionBreaks_GoesOnFromThere(bool withError)
    {
        var service = new StubHandler(request => Answer(request, breakAfter: 100, withError));
        var blob = new BlobClient(Address, service.Options);

        using var result = (await blob.DownloadStreamingAsync()).Value;
        var read = await BinaryData.FromStreamAsync(result.Content);

        Assert.Equal(_bytes, read.ToArray());
        Assert.Equal([null, "bytes=100-999", "bytes=200-999"], service.Requests.Take(3).Select(request => request.Header("x-ms-range")));
        Assert.All(service.Requests.Skip(1), request => Assert.Equal(ETagText, request.Header("If-Match")));
    }

    [Fact]
    public async Task DownloadOfARange_WhoseConnectionBreaks_StaysInTheRange()
    {
        var service = new StubHandler(request => Answer(request, breakAfter: 30, withError: true));
        var blob = new BlobClient(Address, service.Options);

        var result = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(500, 50) });

        Assert.Equal(_bytes[500..550], result.Value.Content.ToArray());
        Assert.Equal(["bytes=500-549", "bytes=530-549"], service.Requests.Select(request => request.Header("x-ms-range")));
    }

    [Fact]
    public async Task Download_OfABlobThatWasReplacedMeanwhile_Fails()
    {
        var service = new StubHandler(request => request.Headers.IfMatch.Count > 0
            ? new HttpResponseMessage(HttpStatusCode.PreconditionFailed)
            : Answer(request, breakAfter: 100, withError: true));
        var blob = new BlobClient(Address, service.Options);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync());

        Assert.Equal(412, refused.Status);
    }

    [Fact]
    public async Task Download_ThatBringsNothingMore_FailsInTheEnd()
    {
        var service = new StubHandler(request => Answer(request, breakAfter: 0, withError: true));
        var blob = new BlobClient(Address, service.Options);

        await Assert.ThrowsAsync<IOException>(() => blob.DownloadContentAsync());

        Assert.Equal(6, service.Requests.Count);
    }

    [Fact]
    public async Task Download_GivenUpByItsCaller_IsNotTakenUpAgain()
    {
        var service = new StubHandler(request => Answer(request, breakAfter: 100, withError: true));
        using var result = (await new BlobClient(Address, service.Options).DownloadStreamingAsync()).Value;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await result.Content.ReadExactlyAsync(new byte[1], new CancellationToken(canceled: true)));

        Assert.Single(service.Requests);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, int breakAfter, bool withError)
    {
        var range = request.Headers.TryGetValues("x-ms-range", out var values)
            ? values.Single()["bytes=".Length..].Split('-').Select(int.Parse).ToArray()
            : [0, _bytes.Length - 1];
        var bytes = _bytes[range[0]..(range[1] + 1)];
        var response = new HttpResponseMessage(HttpStatusCode.PartialContent)
        {
            Content = new StreamContent(new BreakingStream(bytes[..Math.Min(breakAfter, bytes.Length)], withError && breakAfter < bytes.Length)),
        };
        response.Content.Headers.ContentLength = bytes.Length;
        response.Headers.TryAddWithoutValidation("ETag", ETagText);
        return response;
    }

    private sealed class BreakingStream(byte[] bytes, bool withError) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken)
            : withError && Position == Length ? throw new IOException("The connection broke.")
            : base.ReadAsync(buffer, cancellationToken);
    }
}
