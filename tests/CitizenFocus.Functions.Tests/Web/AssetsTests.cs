using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class AssetsTests : IAsyncLifetime
{
    private WebHost _host = null!;

    public async Task InitializeAsync() => _host = await WebHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_FilesOfTheLayout_KeptForGoodUnderTheirHash()
    {
        var urls = _host.Services.GetRequiredService<AssetUrls>();
        foreach (var (url, type) in new[] { (urls.Stylesheet, "text/css"), (urls.Script, "text/javascript"), (urls.Favicon, "image/svg+xml") })
        {
            var response = await _host.Client.GetAsync(url);

            Assert.Matches(@"^/assets/[a-z]+\.[0-9a-f]{10}\.[a-z]+$", url);
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());

            using var again = new HttpRequestMessage(HttpMethod.Get, url);
            again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await _host.Client.SendAsync(again)).StatusCode);
        }
    }

    [Theory]
    [InlineData("/assets/site.css")]
    [InlineData("/assets/site.0000000000.css")]
    [InlineData("/assets/..%2fappsettings.json")]
    public async Task Get_OtherHash_404(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync(path)).StatusCode);
}
