using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Library;

public sealed class DownloadTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);
    private readonly string _id = AzuriteFixture.UniqueName("handbook");

    [Fact]
    public async Task Download_Whole_IsTheFileByteForByte()
    {
        var response = await GetAsync();

        Assert.Equal(_content, await response.Content.ReadAsByteArrayAsync());
        var headers = response.Content.Headers;
        Assert.Equal(("application/pdf", "attachment", "bytes"), (headers.ContentType!.MediaType, headers.ContentDisposition!.DispositionType, response.Headers.AcceptRanges.Single()));
        Assert.Equal("Bürger’s guide.pdf", headers.ContentDisposition.FileNameStar);
    }

    [Theory]
    [InlineData("bytes=100-199", 100, 199)]
    [InlineData("bytes=299999-", 299_999, 299_999)]
    [InlineData("bytes=-10", 299_990, 299_999)]
    [InlineData("bytes=-999999", 0, 299_999)]
    [InlineData("bytes=299990-999999", 299_990, 299_999)]
    public async Task Range_WithinTheFile_Is206AndThoseBytes(string range, int from, int to)
    {
        var response = await GetAsync(headers => headers.Range = RangeHeaderValue.Parse(range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {from}-{to}/300000", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(_content[from..(to + 1)], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=300000-")]
    [InlineData("bytes=-0")]
    public async Task Range_Impossible_Is416(string range)
    {
        var response = await GetAsync(headers => headers.TryAddWithoutValidation("Range", range));

        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, "bytes */300000"), (response.StatusCode, response.Content.Headers.ContentRange!.ToString()));
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("pages=1-2")]
    [InlineData("bytes=5-1")]
    [InlineData("nonsense")]
    public async Task Range_SeveralOrNone_IsTheWholeFile(string range)
    {
        var response = await GetAsync(headers => headers.TryAddWithoutValidation("Range", range));

        Assert.Equal((HttpStatusCode.OK, 300_000), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Condition_StillTheSame_Is304WithoutABody()
    {
        var tag = (await GetAsync()).Headers.ETag!;

        var same = await GetAsync(headers => headers.IfNoneMatch.Add(tag));
        var other = await GetAsync(headers => headers.IfNoneMatch.Add(new("\"other\"")));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
        Assert.Equal(tag, same.Headers.ETag);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task IfRange_OfTheSameFile_GivesTheRangeAndOfAnotherTheWhole()
    {
        var tag = (await GetAsync()).Headers.ETag!;

        var same = await GetAsync(headers => (headers.Range, headers.IfRange) = (new(0, 9), new(tag)));
        var other = await GetAsync(headers => (headers.Range, headers.IfRange) = (new(0, 9), new("\"other\"")));

        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Head_OfADownload_HasItsLengthAndCountsNothing()
    {
        await PutAsync();

        var response = await _site.Client.SendAsync(new(HttpMethod.Head, Path));

        Assert.Equal((HttpStatusCode.OK, 300_000), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Count_OfDownloads_RisesByWholeOnesAndKnowsNobody()
    {
        await PutAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _site.Client.GetAsync(Path)));
        await GetAsync(headers => headers.Range = new(100, 199));

        Assert.Equal(8, await CountAsync());
        Assert.All(await _site.RowsAsync(DownloadCounter.TableName, _id), row => Assert.Equal(
            ["Count", "PartitionKey", "RowKey", "SchemaVersion", "Timestamp", "odata.etag"], row.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Count_ThatCannotBeWritten_CostsNobodyTheirDownload()
    {
        await PutAsync();
        await using var other = await _site.StartAnotherAsync();
        other.Calls.Disturb = (request, send) => request.Uri.ToString().Contains(DownloadCounter.TableName, StringComparison.Ordinal)
            ? throw new AggregateException("Retry failed after 4 tries.")
            : send();

        Assert.Equal(_content, await other.Client.GetByteArrayAsync(Path));
    }

    [Fact]
    public async Task Page_RenderedWhileItsDocumentIsReplaced_IsNotKept()
    {
        await using var other = await _site.StartAnotherAsync();
        await PutAsync();
        other.Calls.Disturb = async (request, send) =>
        {
            if (StorageCalls.IsTableWrite(request)) await other.Client.GetAsync($"/library/{_id}");
            await send();
        };
        await other.Services.GetRequiredService<LibraryService>().PutAsync(new() { Id = _id, Title = "Second edition", Kind = "Handbook" }, default);

        Assert.Contains("Second edition", await other.Client.GetStringAsync($"/library/{_id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-document")]
    [InlineData("..%2F..%2Fsecret")]
    public async Task Download_Unknown_Is404(string id) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync($"/library/{id}/download")).StatusCode);

    private string Path => $"/library/{_id}/download";

    private async Task PutAsync() => await _site.Services.GetRequiredService<LibraryService>().PutAsync(
        new() { Id = _id, Title = "Handbook", Kind = "Handbook" }, new MemoryStream(_content), "Bürger’s guide.pdf", "application/pdf", "en", default);

    private async Task<HttpResponseMessage> GetAsync(Action<HttpRequestHeaders>? headers = null)
    {
        if (await _site.Services.GetRequiredService<LibraryService>().FindAsync(_id, default) is null) await PutAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        headers?.Invoke(request.Headers);
        return await _site.Client.SendAsync(request);
    }

    private Task<long> CountAsync() => _site.Services.GetRequiredService<DownloadCounter>().TotalAsync(_id, default);
}
