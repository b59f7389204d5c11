using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>What is published, as lists and feeds have it: pages backwards in time, filters, and links that stay.</summary>
public sealed class CommitmentListTests : IAsyncLifetime
{
    private const int Many = 120;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Filter_ByTopicCountryAndWords_GivesThoseThatMatchAllOfThem()
    {
        await _site.PutCommitmentAsync("trees", new() { ["title"] = "Trees for Gent", ["topics"] = new JsonArray("Climate", "streets"), ["country"] = "BE" });
        await _site.PutCommitmentAsync("shade", new() { ["title"] = "Shade", ["text"] = "More TREES & roofs", ["topics"] = new JsonArray("climate"), ["country"] = "IT" });
        await _site.PutCommitmentAsync("buses", new() { ["title"] = "Buses", ["topics"] = new JsonArray("mobility"), ["city"] = "Gent", ["country"] = "BE" });

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("?topic=climate", ["shade", "trees"]),
            ("?country=be", ["buses", "trees"]),
            ("?words=trees", ["shade", "trees"]),
            ("?words=gent%20buses", ["buses"]),
            ("?topic=climate&country=BE&words=gent", ["trees"]),
            ("?topic=none", []),
            ("?topic=&country=&words=%20", ["buses", "shade", "trees"]),
        })
        {
            Assert.Equal(expected, (await _site.ListedAsync(query)).Order(StringComparer.Ordinal));
            Assert.Equal(expected, Cards(await PageAsync("/commitments" + query)).Order(StringComparer.Ordinal));
            var feed = XDocument.Parse(await _site.Client.GetStringAsync("/commitments.atom" + query)).Root!;
            Assert.Equal(expected, feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value.Split('/')[^1]).Order(StringComparer.Ordinal));
        }

        var page = await PageAsync("/commitments?topic=climate&words=trees");
        Assert.Equal("trees", ((IHtmlInputElement)page.QuerySelector("input[name=words]")!).Value);
        Assert.Equal(["climate", "mobility", "streets"], page.QuerySelectorAll("select[name=topic] option").Skip(1).Select(option => option.TextContent.ToLowerInvariant()));
        Assert.Equal(["Belgium", "Italy"], page.QuerySelectorAll("select[name=country] option").Skip(1).Select(option => option.TextContent));
        Assert.Equal("/commitments.atom?topic=climate&words=trees", page.QuerySelector("main a[type='application/atom+xml']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_OfMany_LeadThereAndBackAndKeepTheFilter()
    {
        await PutManyAsync();

        var (path, seen) = ("/commitments?topic=even", new List<string>());
        IHtmlDocument page;
        for (page = await PageAsync(path); ; page = await PageAsync(path))
        {
            seen.AddRange(Cards(page));
            if (page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href") is not { } older) break;
            path = older;
        }

        Assert.Equal(Enumerable.Range(1, Many).Where(n => n % 2 == 0).Reverse().Select(n => $"number-{n}"), seen);
        var back = new List<string>();
        while (page.QuerySelector(".pager a[rel=prev]")?.GetAttribute("href") is { } newer)
        {
            page = await PageAsync(newer);
            back.InsertRange(0, Cards(page));
        }

        Assert.Equal(seen[..back.Count], back);
        Assert.Equal(40, back.Count);
    }

    [Fact]
    public async Task Link_ToAPage_StaysWhereOthersComeAndGo()
    {
        await PutManyAsync();
        var second = (await PageAsync("/commitments")).QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!;
        var before = Cards(await PageAsync(second));

        await _site.PutCommitmentAsync("newest", new() { ["title"] = "Newest" });
        await _site.OrganisedAsync("number-101", "withdraw"); // The last of the first page, where the second begins.

        Assert.Equal(before, Cards(await PageAsync(second)));
        Assert.Equal(HttpStatusCode.OK, (await _site.Client.GetAsync("/commitments?after=x|..%2f%00")).StatusCode);
    }

    [Fact]
    public async Task Feed_OfMany_IsReadByAnotherParserPageByPage()
    {
        await PutManyAsync();

        var (path, items, pages) = ("/commitments.atom", new List<ParsedFeedItem>(), 0);
        string? previousOf = null;
        while (true)
        {
            var response = await _site.Client.GetAsync(path);
            Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
            var text = await response.Content.ReadAsStringAsync();
            var (feed, links) = (await FeedParser.ReadAsync(text), LinksOf(text));
            Assert.Equal(("atom 1.0", "Citizen Focus: commitments", Site.BaseUrl + path[1..], Site.BaseUrl + "commitments"), (feed.Format, feed.Title, feed.Self, feed.Url));
            HoldsRfc4287(text);
            items.AddRange(feed.Items);
            pages++;
            Assert.Equal(previousOf, links.GetValueOrDefault("previous"));
            if (links.GetValueOrDefault("next") is not { } next) break;
            Assert.Equal(Site.BaseUrl + "commitments.atom", links["first"]);
            (previousOf, path) = (Site.BaseUrl + path[1..], new Uri(next).PathAndQuery);
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(1, Many).Reverse().Select(n => $"{Site.BaseUrl}commitments/number-{n}"), items.Select(item => item.Id));
        var latest = items[0];
        // This parser resolves the entities of the HTML as well.
        Assert.Equal(("Number 120 & <b>more</b>", latest.Id, "Short.", "<p>Long & <strong>bold</strong></p>"), (latest.Title, latest.Url, latest.Description, latest.Content!.Trim()));
        Assert.Equal("Anna", Assert.Single(latest.Authors));
        Assert.Equal("even", Assert.Single(latest.Categories));
        Assert.Equal(Day(Many), latest.Published);
    }

    [Fact]
    public async Task Feed_AskedAgain_IsSentOnlyWhereItChanged()
    {
        await _site.PutCommitmentAsync("trees", new() { ["title"] = "Trees" });
        var first = await _site.Client.GetAsync("/commitments.atom");
        async Task<HttpStatusCode> AgainAsync(string path) => (await _site.Client.SendAsync(new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } })).StatusCode;

        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync("/commitments.atom"));
        var read = await _site.SendJsonAsync(HttpMethod.Get, "/api/commitments/trees", headers: Site.AsOrganiser);
        _site.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await _site.SendJsonAsync(HttpMethod.Put, "/api/commitments/trees", """{"title":"More trees"}""", headers =>
        {
            Site.AsOrganiser(headers);
            headers.IfMatch.Add(read.Headers.ETag!);
        })).StatusCode);

        Assert.Equal(HttpStatusCode.OK, await AgainAsync("/commitments.atom"));
        var item = Assert.Single((await FeedParser.ReadAsync(await _site.Client.GetStringAsync("/commitments.atom"))).Items);
        Assert.Equal((TimeSpan.FromHours(1), "More trees"), (item.Updated - item.Published, item.Title));
    }

    [Fact]
    public async Task Feed_OfNothing_IsValidAllTheSame()
    {
        foreach (var path in new[] { "/commitments.atom", "/news.atom" })
        {
            var text = await _site.Client.GetStringAsync(path);
            HoldsRfc4287(text);
            Assert.Empty((await FeedParser.ReadAsync(text)).Items);
        }
    }

    [Fact]
    public async Task News_LikeCommitments_HaveAFeedAndCanBeWithdrawn()
    {
        foreach (var id in new[] { "one", "two" })
        {
            var put = await _site.SendJsonAsync(HttpMethod.Put, $"/api/news/{id}", $$"""{"title":"News {{id}}","text":"*So* it is."}""", Site.AsOrganiser);
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.SendJsonAsync(HttpMethod.Post, "/api/news/one/withdraw")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _site.SendJsonAsync(HttpMethod.Post, "/api/news/one/withdraw", headers: Site.AsOrganiser)).StatusCode);

        var response = await _site.Client.GetAsync("/news.atom");
        var text = await response.Content.ReadAsStringAsync();
        HoldsRfc4287(text);
        var item = Assert.Single((await FeedParser.ReadAsync(text)).Items);
        Assert.Equal((Site.BaseUrl + "news/two", "News two", "<p><em>So</em> it is.</p>"), (item.Id, item.Title, item.Content!.Trim()));
        Assert.Equal(HttpStatusCode.NotModified, (await _site.Client.SendAsync(new(HttpMethod.Get, "/news.atom") { Headers = { IfNoneMatch = { response.Headers.ETag! } } })).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await _site.Client.GetAsync("/news/one")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await _site.Client.GetAsync("/api/news/one")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync("/news/three")).StatusCode);
        foreach (var path in new[] { "/news", "/api/news", "/" }) Assert.DoesNotContain("News one", await _site.Client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal("/news.atom", (await PageAsync("/news")).QuerySelector("head link[rel=alternate]")!.GetAttribute("href"));
    }

    private Task PutManyAsync() => Parallel.ForEachAsync(Enumerable.Range(1, Many), async (n, _) => await _site.PutCommitmentAsync($"number-{n}", new()
    {
        ["title"] = $"Number {n} & <b>more</b>",
        ["summary"] = "Short.",
        ["text"] = "Long & **bold**",
        ["author"] = "Anna",
        ["topics"] = new JsonArray(n % 2 == 0 ? "even" : "odd"),
        ["submittedAt"] = Day(n).ToString("yyyy-MM-dd'T'HH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
    }));

    private static DateTimeOffset Day(int n) => new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(n);

    private async Task<IHtmlDocument> PageAsync(string path) => await Html.ReadAsync(await _site.Client.GetAsync(path));

    private static List<string> Cards(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("main .card a[href^='/commitments/']").Select(link => HttpUtility.UrlDecode(link.GetAttribute("href")!.Split('/')[^1]))];

    private static Dictionary<string, string> LinksOf(string feed) =>
        XDocument.Parse(feed).Root!.Elements(Atom + "link").ToDictionary(link => (string)link.Attribute("rel")!, link => (string)link.Attribute("href")!);

    /// <summary>RFC 4287 sections 4.1.1 and 4.1.2: what must be there, and once.</summary>
    private static void HoldsRfc4287(string text)
    {
        var feed = XDocument.Parse(text).Root!;
        Assert.NotEmpty(feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        var ids = feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(feed.Elements(Atom + "entry").Prepend(feed), element =>
        {
            foreach (var name in new[] { "id", "title", "updated" }) Assert.NotEmpty(Assert.Single(element.Elements(Atom + name)).Value);
            Assert.True(Uri.TryCreate(element.Element(Atom + "id")!.Value, UriKind.Absolute, out _));
            Assert.True(DateTimeOffset.TryParseExact(element.Element(Atom + "updated")!.Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal, out _));
            Assert.Single(element.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == "alternate");
        });
    }
}
