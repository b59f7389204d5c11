using System.Net;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Mailbox;
using CitizenFocus.LocalHost.Tests.Support;

namespace CitizenFocus.LocalHost.Tests;

/// <summary>LocalHost as the trigger source of a site that is reached through a reverse proxy.</summary>
public sealed class ProxyTests
{
    private const string Visitor = "203.0.113.9";

    [Theory]
    [InlineData("127.0.0.1", $"\nX-Forwarded-For: {Visitor}\n", "\nX-Forwarded-Proto: https\n")]
    [InlineData("192.0.2.1", "\nX-Forwarded-For: 127.0.0.1\n", "\nX-Forwarded-Proto: http\n")]
    public async Task ForwardedHeaders_OfTheProxyAlone_AreBelieved(string proxy, string address, string scheme)
    {
        await using var host = await StubHost.StartAsync(proxy: IPAddress.Parse(proxy));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{host.Host.BaseAddress.Port}/page");
        request.Headers.Add("X-Forwarded-For", Visitor);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await host.Client.SendAsync(request);
        var seen = await answer.Content.ReadAsStringAsync();

        Assert.Contains(address, seen);
        Assert.Contains(scheme, seen);
    }

    /// <summary>The second loopback address stands for one that others reach.</summary>
    [Fact]
    public async Task Listen_OnAnotherAddress_ServesTheSiteAndNoMailbox()
    {
        await using var host = await StubHost.StartAsync(listen: IPAddress.Parse("127.0.0.2"));
        var site = new Uri($"http://127.0.0.2:{host.Host.BaseAddress.Port}");

        Assert.StartsWith("GET /page\n", await host.Client.GetStringAsync(new Uri(site, "/page")));
        foreach (var origin in new[] { site, host.Host.BaseAddress })
        {
            // It is the app's to answer, like any other path.
            Assert.StartsWith($"GET {MailboxEndpoints.Path}\n", await host.Client.GetStringAsync(new Uri(origin, MailboxEndpoints.Path)));
        }
    }

    [Fact]
    public void BaseUrl_OfTheSite_IsWhatLinksAreMadeFrom() => Assert.Equal(
        "https://cities.example", AppSettings.Compose(new Dictionary<string, string>(), "storage", new("https://cities.example"), "mailbox")[AppSettings.BaseUrl]);
}
