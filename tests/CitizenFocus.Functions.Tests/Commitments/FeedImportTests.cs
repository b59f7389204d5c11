using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>Other people's feeds, by the timer; and what they may not do.</summary>
public sealed class FeedImportTests : IAsyncLifetime
{
    private FeedServer _server = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _server = await FeedServer.StartAsync();
        _site = await StartSiteAsync("/feed");
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Entries_OfAnRssFeed_BecomeProposalsOfPlainText()
    {
        Serve(Rss(
            Item("g1", "Cars &lt;b&gt;out&lt;/b&gt;, Tom &amp;amp; Jerry in", "https://city.example/1", "&lt;p&gt;First.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Second &lt;i&gt;one&lt;/i&gt;.&lt;/p&gt;", "Mon, 07 Sep 2026 10:00:00 GMT"),
            Item("g2", "", "javascript:alert(1)", "&lt;img src=x onerror=alert(1)&gt;Only a description", "not a date at all")));

        await _site.FireTimerAsync(ImportCommitments.FunctionName);

        var proposals = await ProposalsAsync();
        Assert.Equal(["Cars out, Tom & Jerry in", "Only a description"], proposals.Select(proposal => (string)proposal["title"]!).Order(StringComparer.Ordinal));
        var first = proposals.Single(proposal => ((string)proposal["title"]!).StartsWith("Cars", StringComparison.Ordinal));
        Assert.Equal(("First. Second one.", "First.\n\nSecond one."), ((string)first["summary"]!, (string)first["text"]!));
        Assert.Equal("https://city.example/1", (string)first["links"]!.AsArray().Single()!);
        Assert.Equal(_server.Url("/feed").AbsoluteUri, (string)first["source"]!);
        Assert.Empty(proposals.Single(proposal => proposal != first)["links"]!.AsArray());
        Assert.Empty(await _site.ListedAsync());
    }

    [Fact]
    public async Task Entries_OfAnAtomFeed_BecomeProposals()
    {
        Serve("""
            <feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:1</id><updated>2026-01-01T00:00:00Z</updated>
              <entry><title type="html">&lt;em&gt;Wind&lt;/em&gt;</title><id>urn:2</id><updated>2026-01-01T00:00:00Z</updated>
                <author><name>Ben</name></author><category term="energy"/><link rel="self" href="https://x.example/self"/><link href="https://city.example/wind"/>
                <summary>No</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Turbines &amp; <b>more</b></p></div></content></entry>
              <entry><title>1 &lt; 2 &lt;b></title><id>urn:3</id><updated>2026-01-01T00:00:00Z</updated></entry>
            </feed>
            """);

        await _site.FireTimerAsync(ImportCommitments.FunctionName);

        var proposals = await ProposalsAsync();
        Assert.Equal(["1 < 2 <b>", "Wind"], proposals.Select(proposal => (string)proposal["title"]!).Order(StringComparer.Ordinal));
        var wind = proposals.Single(proposal => (string)proposal["title"]! == "Wind");
        Assert.Equal(("Turbines & more", "Ben", "energy", "https://city.example/wind"), ((string)wind["text"]!, (string)wind["author"]!, (string)wind["topics"]![0]!, (string)wind["links"]![0]!));
    }

    [Fact]
    public async Task Entries_SeenBefore_DoNotComeAgainInAnotherOrderOrWithOtherDates()
    {
        Serve(Rss(Item("a", "A", date: "Mon, 07 Sep 2026 10:00:00 GMT"), Item("b", "B"), Item("c", "C")));
        await _site.FireTimerAsync(ImportCommitments.FunctionName);
        var ids = (await ProposalsAsync()).Select(proposal => (string)proposal["id"]!).ToList();
        await _site.OrganisedAsync(ids[0], "decline", """{"reason":"No."}""");
        await _site.OrganisedAsync(ids[1], "publish");
        await _site.OrganisedAsync(ids[2], "withdraw");

        _site.Time.Advance(TimeSpan.FromDays(40));
        Serve(Rss(Item("c", "C, again", date: "Fri, 01 Jan 2027 10:00:00 GMT"), Item("a", "A", "https://moved.example/a"), Item("d", "D"), Item("b", "B", date: "Fri, 01 Jan 2027 10:00:00 GMT")));
        for (var n = 0; n < 2; n++) await _site.FireTimerAsync(ImportCommitments.FunctionName);

        Assert.Equal(["D"], (await ProposalsAsync()).Select(proposal => (string)proposal["title"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_WithACrashAtAnyCall_TakesEachEntryOnce(bool afterTheCall)
    {
        await using var other = await _site.StartAnotherAsync(services: Reachable);
        for (var crashAt = 1; ; crashAt++)
        {
            var items = new[] { "a", "b" }.Select(name => Item($"{crashAt}-{name}", $"{crashAt} {name}")).ToArray();
            Serve(Rss(items));
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var crashed = await other.PostEnvelopeAsync(ImportCommitments.FunctionName, """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{}}""");
            await _site.FireTimerAsync(ImportCommitments.FunctionName);

            var titles = (await ProposalsAsync()).Select(proposal => (string)proposal["title"]!).ToList();
            Assert.Equal((2 * crashAt, 2 * crashAt), (titles.Count, titles.Distinct().Count()));
            if (crashed.IsSuccessStatusCode)
            {
                Assert.True(crashAt > 4, "Too few calls for it to have taken both.");
                return;
            }
        }
    }

    [Theory]
    [InlineData("bomb")]
    [InlineData("entity")]
    [InlineData("large")]
    [InlineData("html")]
    [InlineData("cut")]
    [InlineData("deep")]
    [InlineData("inside")]
    [InlineData("error")]
    public async Task Feed_ThatIsHostileOrBroken_BringsNothingAndHindersNoOther(string what)
    {
        await using var site = await StartSiteAsync("/bad", "/good");
        var good = Rss(Item("good", "Good"));
        _server.Answer = context => context.Request.Path == "/good" ? context.Response.WriteAsync(good) : HostileAsync(context, what);

        await site.FireTimerAsync(ImportCommitments.FunctionName);

        Assert.Equal(["Good"], (await ProposalsAsync(site)).Select(proposal => (string)proposal["title"]!));
        Assert.Contains("was not read", site.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithoutFeeds_AsksNobody()
    {
        await using var site = await Site.StartAsync();

        await site.FireTimerAsync(ImportCommitments.FunctionName);

        Assert.Equal(0, site.Calls.Count);
    }

    [Theory]
    [InlineData("http://feeds.example/rss")]
    [InlineData("feeds.example/rss")]
    public async Task Setting_OfAFeedThatIsNoHttps_IsRefusedAtTheStart(string url)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Site.StartAsync(null, ("Commitments:FeedUrls", $"https://a.example/feed, {url}")));

        Assert.Contains("Commitments__FeedUrls must be addresses of feeds that begin with https://", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task HostileAsync(HttpContext context, string what)
    {
        switch (what)
        {
            case "bomb":
                var entities = string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY e{n} \"{string.Concat(Enumerable.Repeat($"&e{n - 1};", 10))}\">"));
                await context.Response.WriteAsync($"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel><item><title>&e9;</title></item></channel></rss>""");
                break;
            case "entity":
                await context.Response.WriteAsync("""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item><title>&f;</title></item></channel></rss>""");
                break;
            case "large":
                try
                {
                    for (var n = 0; n < 800; n++) await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                }
                catch (Exception e) when (e is OperationCanceledException or IOException)
                {
                    // The fetcher has gone: as it should.
                }

                break;
            case "html":
                await context.Response.WriteAsync("<!doctype html><html><body>Moved</body></html>");
                break;
            case "cut":
                await context.Response.WriteAsync(Rss(Item("x", "X"))[..^20]);
                break;
            case "deep":
                await context.Response.WriteAsync($"""<rss version="2.0"><channel>{string.Concat(Enumerable.Repeat("<a>", 100_000))}{string.Concat(Enumerable.Repeat("</a>", 100_000))}</channel></rss>""");
                break;
            case "inside":
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = "https://169.254.169.254/feed";
                break;
            default:
                context.Response.StatusCode = 500;
                break;
        }
    }

    private Task<Site> StartSiteAsync(params string[] paths) => Site.StartAsync(Reachable, ("Commitments:FeedUrls", string.Join(", ", paths.Select(path => _server.Url(path).AbsoluteUri))));

    private void Reachable(IServiceCollection services) => services.AddSingleton(_server.Rules);

    private void Serve(string feed) => _server.Answer = context => context.Response.WriteAsync(feed, Encoding.UTF8);

    private static string Rss(params string[] items) => $"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title><link>https://city.example/</link><description>D</description>{string.Concat(items)}</channel></rss>""";

    private static string Item(string guid, string title, string link = "https://city.example/x", string description = "", string date = "Tue, 01 Sep 2026 10:00:00 GMT") =>
        $"""<item><guid isPermaLink="false">{guid}</guid><title>{title}</title><link>{link}</link><description>{description}</description><pubDate>{date}</pubDate></item>""";

    private async Task<IReadOnlyList<JsonNode>> ProposalsAsync(Site? site = null) =>
        [.. (await (site ?? _site).ReadApiAsync("/api/commitments?status=proposed"))["commitments"]!.AsArray().Select(proposal => proposal!)];
}
