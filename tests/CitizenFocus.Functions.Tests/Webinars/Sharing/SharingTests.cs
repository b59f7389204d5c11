using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Sharing;

/// <summary>What search engines, networks, feed readers and calendars learn of webinars.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Data_OfAWebinar_IsASchemaOrgEvent()
    {
        var webinar = await _site.PublishAsync(w => w with { Title = "</script><b>Listen & learn", Speakers = [new("Ben Birch", "Mayor")], Languages = ["en"] });

        var page = await PageAsync($"/webinars/{webinar.Slug}");
        var data = DataOf(page);

        Assert.Equal(("https://schema.org", "Event", webinar.Title), ((string)data["@context"]!, (string)data["@type"]!, (string)data["name"]!));
        Assert.Equal(("2026-12-08T14:00:00+01:00", "2026-12-08T15:30:00+01:00"), ((string)data["startDate"]!, (string)data["endDate"]!));
        Assert.Equal("https://schema.org/EventScheduled", (string)data["eventStatus"]!);
        Assert.Equal("https://schema.org/OnlineEventAttendanceMode", (string)data["eventAttendanceMode"]!);
        Assert.Equal(("VirtualLocation", $"{Site.BaseUrl}webinars/{webinar.Slug}"), ((string)data["location"]![0]!["@type"]!, (string)data["location"]![0]!["url"]!));
        Assert.Equal(("Organization", Site.BaseUrl), ((string)data["organizer"]!["@type"]!, (string)data["organizer"]!["url"]!));
        Assert.Equal((0, "https://schema.org/InStock"), ((int)data["offers"]!["price"]!, (string)data["offers"]!["availability"]!));
        Assert.Equal("Ben Birch", (string)data["performer"]![0]!["name"]!);
        Assert.DoesNotContain("room.example", page.Source.Text, StringComparison.Ordinal);
        var image = await _site.Client.GetAsync(new Uri((string)data["image"]!).PathAndQuery);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (image.StatusCode, image.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Data_OfOtherWebinars_SaysWhatIsSoOfThem()
    {
        var cancelled = DataOf(await PageAsync($"/webinars/{(await _site.PublishAsync(w => w with { Status = WebinarStatus.Cancelled })).Slug}"));
        var inAPlace = DataOf(await PageAsync($"/webinars/{(await _site.PublishAsync(w => w with { Place = "Sofia", Room = null, DateOnly = true, Duration = Duration.FromHours(36) })).Slug}"));
        var mixed = DataOf(await PageAsync($"/webinars/{(await _site.PublishAsync(w => w with { Place = "Sofia" })).Slug}"));
        var sessions = DataOf(await PageAsync($"/webinars/{(await _site.PublishAsync(w => w with { FurtherSessions = [new(new(2027, 6, 8, 14, 0), Duration.FromHours(1))] })).Slug}"));

        Assert.Equal(("https://schema.org/EventCancelled", null), ((string)cancelled["eventStatus"]!, cancelled["offers"]));
        Assert.Equal(("https://schema.org/OfflineEventAttendanceMode", "2026-12-08", "2026-12-09"), ((string)inAPlace["eventAttendanceMode"]!, (string)inAPlace["startDate"]!, (string)inAPlace["endDate"]!));
        Assert.Equal("Place", (string)Assert.Single(inAPlace["location"]!.AsArray())!["@type"]!);
        Assert.Equal(2, mixed["location"]!.AsArray().Count);
        Assert.Equal("2027-06-08T15:00:00+02:00", (string)sessions["endDate"]!);
        Assert.Equal(["2026-12-08T15:30:00+01:00", "2027-06-08T15:00:00+02:00"], sessions["subEvent"]!.AsArray().Select(session => (string)session!["endDate"]!));
    }

    [Fact]
    public async Task Tags_OfAWebinar_AreThoseOfOpenGraph()
    {
        var webinar = await _site.PublishAsync();

        var page = await PageAsync($"/webinars/{webinar.Slug}");
        string? Tag(string name) => page.QuerySelector($"head meta[property='{name}']")?.GetAttribute("content");

        Assert.Equal((webinar.Title, webinar.Summary, $"{Site.BaseUrl}webinars/{webinar.Slug}"), (Tag("og:title"), Tag("og:description"), Tag("og:url")));
        Assert.StartsWith(Site.BaseUrl + "assets/card.", Tag("og:image"), StringComparison.Ordinal);
        Assert.Equal("summary_large_image", page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Card_OfSharedLinks_HasTheSizeThatTheTagsSay()
    {
        var page = await PageAsync("/webinars");

        var png = await _site.Client.GetByteArrayAsync(new Uri(page.QuerySelector("meta[property='og:image']")!.GetAttribute("content")!).PathAndQuery);

        Assert.Equal((1200, 630), (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public async Task Feed_OfWebinars_IsValidAndHasTheLatestChangeFirst()
    {
        var first = await _site.PublishAsync(w => w with { Title = "Ampersand & \uFFFEmore" });
        var cancelled = await _site.PublishAsync(w => w with { Status = WebinarStatus.Cancelled });
        var draft = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft });
        var archived = await _site.PublishAsync(w => w with { Status = WebinarStatus.Archived });
        await _site.ChangeAsync(first, w => w with { Summary = "Changed." });

        var response = await _site.Client.GetAsync("/webinars.atom");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;

        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Atom + "feed", feed.Name);
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.Equal(["Ampersand & more", "Cancelled: Citizens first"], entries.Select(entry => entry.Element(Atom + "title")!.Value));
        Assert.Equal(new[] { first, cancelled }.Select(webinar => $"{Site.BaseUrl}webinars/{webinar.Slug}"), entries.Select(entry => entry.Element(Atom + "id")!.Value));
        Assert.Contains("Changed.\nTuesday 8 December 2026, 14:00–15:30", entries[0].Element(Atom + "summary")!.Value, StringComparison.Ordinal);

        // RFC 4287 sections 4.1.1 and 4.1.2: what must be there, and once.
        Assert.NotEmpty(feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.All(entries.Prepend(feed), element =>
        {
            foreach (var name in new[] { "id", "title", "updated" }) Assert.NotEmpty(Assert.Single(element.Elements(Atom + name)).Value);
            Assert.True(DateTimeOffset.TryParseExact(element.Element(Atom + "updated")!.Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal, out _));
            Assert.Single(element.Elements(Atom + "link"), link => link.Attribute("rel")!.Value == "alternate");
        });
        Assert.Equal(Site.BaseUrl + "webinars.atom", feed.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        Assert.DoesNotContain(entries, entry => entry.ToString().Contains(draft.Slug.Value, StringComparison.Ordinal) || entry.ToString().Contains(archived.Slug.Value, StringComparison.Ordinal));

        var again = await _site.Client.SendAsync(new(HttpMethod.Get, "/webinars.atom") { Headers = { IfNoneMatch = { response.Headers.ETag! } } });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Feed_Empty_IsValidAllTheSame() =>
        Assert.NotEmpty(XDocument.Parse(await _site.Client.GetStringAsync("/webinars.atom")).Root!.Element(Atom + "updated")!.Value);

    [Fact]
    public async Task List_OfWebinars_OffersTheFeedAndASubscriptionToTheCalendar()
    {
        var page = await PageAsync("/webinars");

        Assert.Equal("/webinars.atom", page.QuerySelector("head link[rel=alternate][type='application/atom+xml']")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("main a[href='webcal://focus.example/calendar.ics']"));
    }

    [Fact]
    public async Task Calendars_OnTheWeb_AreGivenTheWebinar()
    {
        var webinar = await _site.PublishAsync(w => w with { Title = "Listen & learn" });

        var links = (await PageAsync($"/webinars/{webinar.Slug}")).QuerySelectorAll("main details a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal($"/webinars/{webinar.Slug}/calendar.ics", links[0]);
        var queries = links.Skip(1).ToDictionary(link => new Uri(link).Host, link => HttpUtility.ParseQueryString(new Uri(link).Query));
        var (google, outlook, office, yahoo) = (queries["calendar.google.com"], queries["outlook.live.com"], queries["outlook.office.com"], queries["calendar.yahoo.com"]);
        Assert.Equal(("TEMPLATE", "Listen & learn", "20261208T130000Z/20261208T143000Z"), (google["action"], google["text"], google["dates"]));
        Assert.All([outlook, office], query => Assert.Equal(("Listen & learn", "2026-12-08T13:00:00Z", "2026-12-08T14:30:00Z"), (query["subject"], query["startdt"], query["enddt"])));
        Assert.Equal(("Listen & learn", "20261208T130000Z", "20261208T143000Z"), (yahoo["title"], yahoo["st"], yahoo["et"]));
        Assert.All(queries.Values, query => Assert.DoesNotContain("room.example", query.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calendars_OnTheWeb_AreGivenEachSession()
    {
        var webinar = await _site.PublishAsync(w => w with { FurtherSessions = [new(new(2027, 6, 8, 14, 0), Duration.FromHours(1))] });

        var links = (await PageAsync($"/webinars/{webinar.Slug}")).QuerySelectorAll("main details a[href*='google']").ToList();

        Assert.Equal(["Google Calendar, session 1", "Google Calendar, session 2"], links.Select(link => link.TextContent));
        Assert.Contains("20270608T120000Z%2F20270608T130000Z", links[1].GetAttribute("href"), StringComparison.Ordinal);
    }

    private async Task<IHtmlDocument> PageAsync(string path) => await Html.ReadAsync(await _site.Client.GetAsync(path));

    private static JsonNode DataOf(IHtmlDocument page) => JsonNode.Parse(Assert.Single(page.QuerySelectorAll("script[type='application/ld+json']")).TextContent)!;
}
