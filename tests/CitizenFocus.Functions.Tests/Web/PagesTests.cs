using System.Net;
using System.Net.Http.Headers;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class PagesTests : IAsyncLifetime
{
    private WebHost _host = null!;
    private int _loads;
    private string _text = "first";
    private TaskCompletionSource _gate = new();

    public async Task InitializeAsync()
    {
        _gate.SetResult();
        _host = await WebHost.StartAsync(app =>
        {
            var pages = app.Services.GetRequiredService<Pages>();
            app.MapMethods("/kept/{key}", Pages.Methods, WebHost.Answer(context => pages.CachedPageAsync<Greeting>(
                context, (string)context.Request.RouteValues["key"]!, _ => LoadAsync((string)context.Request.RouteValues["key"]!))));
            app.MapMethods("/private", Pages.Methods, WebHost.Answer(context => pages.PageAsync<Greeting>(context, Parameters("<b>&"), 400)));
            app.MapMethods("/busy", Pages.Methods, WebHost.Answer(context => pages.TooManyRequestsAsync(context, TimeSpan.FromSeconds(12.1))));
        });
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task CachedPage_First_RenderedWithStrongTagAndPolicy()
    {
        var response = await _host.Client.GetAsync("/kept/a");

        Assert.Equal("first", (await Html.ReadAsync(response)).QuerySelector("h1")!.TextContent);
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header(response, "Referrer-Policy"));
    }

    [Fact]
    public async Task CachedPage_WithinAMinute_NotLoadedAgainAndThenLoaded()
    {
        await _host.Client.GetAsync("/kept/a");
        _text = "second";
        _host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Contains("first", await _host.Client.GetStringAsync("/kept/a"), StringComparison.Ordinal);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("second", await _host.Client.GetStringAsync("/kept/a"), StringComparison.Ordinal);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task CachedPage_Invalidated_LoadedAgain()
    {
        await _host.Client.GetAsync("/kept/a");
        _host.Services.GetRequiredService<Pages>().Invalidate();
        _text = "second";

        Assert.Contains("second", await _host.Client.GetStringAsync("/kept/a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CachedPage_InvalidatedWhileItRenders_RenderNotKept()
    {
        _gate = new();
        var stale = _host.Client.GetStringAsync("/kept/a");
        while (Volatile.Read(ref _loads) == 0) await Task.Delay(1);
        _host.Services.GetRequiredService<Pages>().Invalidate();
        _gate.SetResult();
        await stale;
        _text = "second";

        Assert.Contains("second", await _host.Client.GetStringAsync("/kept/a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CachedPage_ManyAtOnce_OneLoad()
    {
        _gate = new();
        var requests = Enumerable.Range(0, 20).Select(_ => _host.Client.GetAsync("/kept/a")).ToList();
        await Task.Delay(100);
        _gate.SetResult();
        var answers = await Task.WhenAll(requests);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task CachedPage_FirstClientGoesAway_OthersGetThePage()
    {
        _gate = new();
        using var leaving = new CancellationTokenSource();
        var first = _host.Client.GetAsync("/kept/a", leaving.Token);
        while (Volatile.Read(ref _loads) == 0) await Task.Delay(1);
        var second = _host.Client.GetStringAsync("/kept/a");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Task.Delay(50);
        _gate.SetResult();

        Assert.Contains("first", await second, StringComparison.Ordinal);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task CachedPage_LoadFails_500AndTriedAgain()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await _host.Client.GetAsync("/kept/fails")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _host.Client.GetAsync("/kept/fails")).StatusCode);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task CachedPage_NothingThere_404AndNotKept()
    {
        var response = await _host.Client.GetAsync("/kept/nothing");
        await _host.Client.GetAsync("/kept/nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await Html.ReadAsync(response);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task CachedPage_TagKnown_304WithoutBody()
    {
        var tag = (await _host.Client.GetAsync("/kept/a")).Headers.ETag!;
        foreach (var known in new[] { tag.ToString(), "W/" + tag, $"\"other\", {tag}", "*" })
        {
            var response = await SendAsync(HttpMethod.Get, "/kept/a", request => request.Headers.TryAddWithoutValidation("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(tag, response.Headers.ETag);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        var other = await SendAsync(HttpMethod.Get, "/kept/a", request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task CachedPage_Head_HeadersOfGetWithoutBody()
    {
        var get = await _host.Client.GetAsync("/kept/a");
        var head = await SendAsync(HttpMethod.Head, "/kept/a");

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentLength, get.Headers.ETag), (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", true)]
    [InlineData("br;q=0.5, gzip", true)]
    [InlineData("br;q=0", false)]
    [InlineData("gzip", false)]
    public async Task CachedPage_BrotliAccepted_CompressedUnderItsOwnTag(string accepted, bool compressed)
    {
        var plain = await _host.Client.GetAsync("/kept/long");
        var response = await SendAsync(HttpMethod.Get, "/kept/long", request => request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted));

        Assert.Equal(compressed, response.Content.Headers.ContentEncoding.Contains("br"));
        Assert.Equal(compressed, plain.Headers.ETag!.Tag != response.Headers.ETag!.Tag);
        Assert.Equal("Accept-Encoding", Header(response, "Vary"));
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(compressed ? new System.IO.Compression.BrotliStream(body, System.IO.Compression.CompressionMode.Decompress) : body);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task CachedPage_MoreKeysThanItKeeps_OldestForgotten()
    {
        await _host.Client.GetAsync("/kept/oldest");
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < PageCache.MaximumPages; i++) await _host.Client.GetAsync($"/kept/{i}");
        Assert.Equal(PageCache.MaximumPages + 1, _loads);

        await _host.Client.GetAsync($"/kept/{PageCache.MaximumPages - 1}");
        Assert.Equal(PageCache.MaximumPages + 1, _loads);
        await _host.Client.GetAsync("/kept/oldest");
        Assert.Equal(PageCache.MaximumPages + 2, _loads);
    }

    [Fact]
    public async Task Page_OfOneRequest_EscapedNotStoredAndWithoutReferrer()
    {
        var response = await _host.Client.GetAsync("/private");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("<b>&", (await Html.ReadAsync(response)).QuerySelector("h1")!.TextContent);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Contains("form-action 'self'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyRequests_FractionOfASecond_RetryAfterRoundedUp()
    {
        var response = await _host.Client.GetAsync("/busy");

        Assert.Equal((HttpStatusCode)429, response.StatusCode);
        Assert.Equal("13", Header(response, "Retry-After"));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Dictionary<string, object?> Parameters(string text) => new() { ["Text"] = text };

    private async Task<IDictionary<string, object?>?> LoadAsync(string key)
    {
        Interlocked.Increment(ref _loads);
        await _gate.Task;
        return key switch
        {
            "nothing" => null,
            "fails" => throw new InvalidOperationException("On purpose."),
            "long" => Parameters(string.Concat(Enumerable.Repeat("again and ", 1_000))),
            _ => Parameters(_text),
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        change?.Invoke(request);
        return await _host.Client.SendAsync(request);
    }

    private sealed class Greeting : ComponentBase
    {
        [Parameter] public string Text { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.AddMarkupContent(0, "<!DOCTYPE html><html lang=\"en\"><head><title>Greeting</title></head><body><h1>");
            builder.AddContent(1, Text);
            builder.AddMarkupContent(2, "</h1></body></html>");
        }
    }
}
