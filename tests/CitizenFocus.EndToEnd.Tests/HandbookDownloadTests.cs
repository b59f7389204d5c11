using System.Net;
using System.Net.Http.Headers;
using CitizenFocus.EndToEnd.Tests.Support;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>The handbook, from the sample through blob storage and the app and the host to who downloads it.</summary>
[Collection(SiteCollection.Name)]
public sealed class HandbookDownloadTests(SiteFixture site)
{
    private const string Path = "/library/handbook/download";

    private static readonly byte[] Handbook = File.ReadAllBytes(System.IO.Path.Combine(BuiltApp.Folder, "Sample", "handbook.pdf"));

    [Fact]
    public async Task Download_Whole_IsTheFile()
    {
        using var answer = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Handbook, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("citizen-engagement-handbook.pdf", answer.Content.Headers.ContentDisposition?.FileName);
    }

    [Fact]
    public async Task Download_OfARange_IsThosePartsBytes()
    {
        using var answer = await GetAsync(headers => headers.Range = new(100, 199));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(100, 199, Handbook.Length), answer.Content.Headers.ContentRange);
        Assert.Equal(Handbook[100..200], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Download_AgainUnchanged_IsNotModified()
    {
        using var first = await GetAsync();
        using var answer = await GetAsync(headers => headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Download_OfAnImpossibleRange_IsRefusedWithTheSize()
    {
        using var answer = await GetAsync(headers => headers.Range = new(Handbook.Length, null));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal(Handbook.Length, answer.Content.Headers.ContentRange?.Length);
    }

    private async Task<HttpResponseMessage> GetAsync(Action<HttpRequestHeaders>? set = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        set?.Invoke(request.Headers);
        return await site.Site.Client.SendAsync(request);
    }
}
