using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CitizenFocus.LocalHost.Tests.Support;
using CitizenFocus.Testing;

namespace CitizenFocus.LocalHost.Tests;

public sealed class HttpForwardingTests(StubHostFixture fixture) : IClassFixture<StubHostFixture>
{
    private readonly StubHost _host = fixture.Host;

    [Fact]
    public async Task Headers_OfTheClient_AreThoseTheHostSets()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.Host = "cities.example";
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "forged.example");
        request.Headers.Add("x-ms-invocation-id", "forged");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", "me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        request.Headers.Add("Cookie", "a=1; b=2");
        using var answer = await _host.Client.SendAsync(request);
        var seen = await answer.Content.ReadAsStringAsync();

        Assert.Matches(@"\nHost: 127\.0\.0\.1:\d+\n", seen);
        Assert.Contains("\nX-Forwarded-Host: cities.example\n", seen);
        Assert.Contains("\nX-Forwarded-Proto: http\n", seen);
        Assert.Matches(@"\nX-Forwarded-For: (127\.0\.0\.1|::1)\n", seen);
        Assert.Matches(@"\nx-ms-invocation-id: [0-9a-f]{8}-[0-9a-f-]{27}\n", seen);
        Assert.DoesNotContain("forged", seen);
        Assert.Contains("\nX-MS-CLIENT-PRINCIPAL: me\n", seen);
        Assert.Contains("\nAuthorization: Bearer token\n", seen);
        Assert.Contains("\nCookie: a=1; b=2\n", seen);
        Assert.DoesNotContain("traceparent", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/a%2Fb%20c/%C3%A9~.-_?q=1&q=2&x=%41%26&y")]
    [InlineData("/%41/b")]
    [InlineData("/a%25b?x=%2525")]
    public async Task PathAndQuery_Encoded_StayAsTheyCame(string target)
    {
        var seen = await RawAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains($"GET {target}\n", seen);
    }

    [Fact]
    public async Task Body_WithLength_ArrivesWithItsTypeAndLength()
    {
        using var answer = await _host.Client.PostAsync("/items/7/parts", new StringContent("náme=x", Encoding.UTF8, "text/plain"));
        var seen = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith("POST /items/7/parts\n", seen);
        Assert.Contains("Content-Type: text/plain; charset=utf-8\n", seen);
        Assert.Contains("Content-Length: 7\n", seen);
        Assert.EndsWith("\n\nnáme=x", seen);
    }

    [Fact]
    public async Task Body_Chunked_ArrivesBeforeItsEnd()
    {
        using var content = new GatedContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/do/upload") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        var answer = _host.Client.SendAsync(request);

        await Eventually.Async(() => _host.GetAsync("/do/uploaded"), uploaded => uploaded != "0");
        content.Gate.SetResult();
        Assert.Equal($"{GatedContent.Length}", await (await answer).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Answer_Streamed_ArrivesPieceByPiece()
    {
        using var answer = await _host.Client.GetAsync("/do/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("first", await reader.ReadLineAsync());
        await _host.GetAsync("/do/release");
        Assert.Equal("second", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Status_OfTheApp_ComesThrough(int status)
    {
        using var answer = await _host.Client.GetAsync($"/do/status/{status}");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        if (status == 304) Assert.Equal("\"v1\"", answer.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Head_WithContentLength_KeepsIt()
    {
        using var answer = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/do/head"));
        Assert.Equal(12345, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task PartialContent_KeepsItsRange()
    {
        using var answer = await _host.Client.GetAsync("/do/range");

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("bytes 100-103/1000", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal("abcd", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SetCookie_Several_StaySeveral()
    {
        using var answer = await _host.Client.GetAsync("/do/cookies");

        Assert.Equal(["a=1; path=/", "b=2; path=/"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("Kestrel", Assert.Single(answer.Headers.GetValues("Server")));
        Assert.Single(answer.Headers.GetValues("Date"));
    }

    [Fact]
    public async Task Redirect_OfTheApp_IsNotFollowed()
    {
        using var answer = await _host.Client.GetAsync("/do/redirect");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/elsewhere?x=1", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Gzip_OfTheApp_IsNotTouched()
    {
        using var answer = await _host.Client.GetAsync("/do/gzip");

        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        using var unzipped = new StreamReader(new System.IO.Compression.GZipStream(
            await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress));
        Assert.Equal("zipped", await unzipped.ReadToEndAsync());
    }

    [Theory]
    [InlineData("POST", "/Work")]
    [InlineData("POST", "/work")]
    [InlineData("POST", "/Tick")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/Work/")]
    [InlineData("PUT", "/page")]
    [InlineData("GET", "/admin/host/status")]
    [InlineData("GET", "/ADMIN")]
    public async Task Request_ThatNoHttpFunctionTakes_Gets404OfTheHost(string method, string path)
    {
        using var answer = await _host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Empty(await _host.InvocationsAsync());
    }

    [Fact]
    public async Task LockedFunction_WithoutAKey_Gets401()
    {
        using var without = await _host.Client.GetAsync("/locked");
        using var wrong = await _host.Client.GetAsync("/locked?code=wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Empty(await without.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task LockedFunction_WithTheKey_IsReachedAndSeesIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/locked");
        request.Headers.Add("x-functions-key", _host.Host.FunctionKey);
        using var answer = await _host.Client.SendAsync(request);

        Assert.Contains($"x-functions-key: {_host.Host.FunctionKey}", await answer.Content.ReadAsStringAsync());
        Assert.StartsWith($"GET /locked?code={_host.Host.FunctionKey}\n", await _host.GetAsync($"/locked?code={_host.Host.FunctionKey}"));
    }

    [Fact]
    public async Task Body_Over100MiB_Gets500() =>
        Assert.StartsWith("HTTP/1.1 500 ", await RawAsync(
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 104857601\r\n\r\n"));

    /// <summary>Sends bytes that no client library would, and reads to the end.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _host.Host.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>A first part, then the rest once the gate opens. Small pieces would wait in the forwarder's buffer of 4 KB.</summary>
    private sealed class GatedContent : HttpContent
    {
        public const int Length = FirstPart + 6;

        private const int FirstPart = 256 * 1024;

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[FirstPart]);
            await stream.FlushAsync();
            await Gate.Task;
            await stream.WriteAsync(" world"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
