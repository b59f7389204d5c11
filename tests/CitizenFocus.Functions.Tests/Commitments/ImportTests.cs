using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>An organiser brings many at once.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Table_AsASpreadsheetSavesIt_BecomesProposalsAndAReportOfEachRow()
    {
        const string Csv = """
            TITLE;External-ID;Summary;Topics;Country;Link;Unknown
            "Benches; for all";b1;Sit down;"streets; ageing";BE;https://city.example/b1;x
            ;b2;No title;;BE;;
            Trees;b3;"Two
            lines";;Atlantis;http://plain.example;
            ;;;;;;
            Süßes für Zürich;b4;;;CH;;
            """;

        var report = await ImportAsync("text/csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Csv)]);

        Assert.Equal((2, 0, 2), Counts(report));
        Assert.Equal(["taken", "wrong", "wrong", "taken"], Outcomes(report));
        Assert.Equal(["title"], ErrorsOf(report, 1));
        Assert.Equal(["country", "links", "summary"], ErrorsOf(report, 2));
        var proposal = await _site.ReadApiAsync($"/api/commitments/{(string)report["rows"]![0]!["id"]!}");
        Assert.Equal(("Benches; for all", "proposed", "BE", "https://city.example/b1"), ((string)proposal["title"]!, (string)proposal["status"]!, (string)proposal["country"]!, (string)proposal["links"]![0]!));
        Assert.Equal(["streets", "ageing"], proposal["topics"]!.AsArray().Select(topic => (string)topic!));
        Assert.Equal("Süßes für Zürich", (string)(await _site.ReadApiAsync($"/api/commitments/{(string)report["rows"]![3]!["id"]!}"))["title"]!);
        Assert.Empty(await _site.ListedAsync());
    }

    [Fact]
    public async Task Entry_SeenBefore_IsNotTakenAgainWhateverBecameOfIt()
    {
        var first = await ImportAsync("application/json", """{"commitments":[{"title":"One","externalId":"1"},{"title":"Two","links":["https://city.example/2"],"topics":["a","b"]},{"title":"Three","city":"Gent"}]}""");
        var id = (string)first["rows"]![0]!["id"]!;
        await _site.OrganisedAsync(id, "decline", """{"reason":"No."}""");
        await _site.OrganisedAsync((string)first["rows"]![1]!["id"]!, "publish");

        var second = await ImportAsync("application/json", """{"commitments":[{"title":"Three","city":"Gent","summary":"New words"},{"title":"One, renamed","externalId":"1"},{"title":"Four","externalId":"4"},{"title":"Two","links":"https://city.example/2"}]}""");
        var table = await ImportAsync("text/csv", Encoding.UTF8.GetBytes("title,externalId\nOne,1\nFive,5\n"));

        Assert.Equal((3, 0, 0), Counts(first));
        Assert.Equal(["known", "known", "taken", "known"], Outcomes(second));
        Assert.Equal(["known", "taken"], Outcomes(table));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_WithACrashAtAnyCall_GoesOnWhenSentAgain(bool afterTheCall)
    {
        await using var other = await _site.StartAnotherAsync();
        for (var crashAt = 1; ; crashAt++)
        {
            var csv = Encoding.UTF8.GetBytes($"title,id\nA,{crashAt}-{afterTheCall}-a\nB,{crashAt}-{afterTheCall}-b\n");
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var crashed = await SendAsync(other, "text/csv", csv);
            await ImportAsync("text/csv", csv);

            var proposals = (await _site.ReadApiAsync("/api/commitments?status=proposed"))["commitments"]!.AsArray();
            Assert.Equal(2 * crashAt, proposals.Count);
            if (crashed.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(crashAt > 4, "Too few calls for it to have taken both.");
                return;
            }
        }
    }

    [Theory]
    [InlineData("text/csv", "name,city\nAnna,Gent\n", HttpStatusCode.BadRequest)]
    [InlineData("text/csv", "title\n\"never closed\n", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"commitments":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"commitments":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "[", HttpStatusCode.BadRequest)]
    [InlineData("text/html", "<p>", HttpStatusCode.UnsupportedMediaType)]
    public async Task Import_OfWhatCannotBeRead_WritesNothing(string type, string body, HttpStatusCode expected)
    {
        var before = await _site.CountEverythingAsync();

        Assert.Equal(expected, (await SendAsync(_site, type, Encoding.UTF8.GetBytes(body))).StatusCode);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Import_TooLargeOrByAStranger_IsRefused()
    {
        var many = Encoding.UTF8.GetBytes("title\n" + string.Concat(Enumerable.Range(0, 1_001).Select(n => $"Title {n}\n")));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(_site, "text/csv", many)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(_site, "text/csv", [.. "title\nZ"u8, 0xFC])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(_site, "text/csv", new byte[(5 * 1024 * 1024) + 1])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.PostJsonAsync("/api/commitments/import", new JsonObject())).StatusCode);
    }

    private async Task<JsonNode> ImportAsync(string type, string body) => await ImportAsync(type, Encoding.UTF8.GetBytes(body));

    private async Task<JsonNode> ImportAsync(string type, byte[] body)
    {
        var response = await SendAsync(_site, type, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<HttpResponseMessage> SendAsync(Site site, string type, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/commitments/import")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
            Headers = { Accept = { new("application/json") } },
        };
        Site.AsOrganiser(request.Headers);
        return site.Client.SendAsync(request);
    }

    private static (int Taken, int Known, int Wrong) Counts(JsonNode report) => ((int)report["taken"]!, (int)report["known"]!, (int)report["wrong"]!);

    private static IEnumerable<string> Outcomes(JsonNode report) => report["rows"]!.AsArray().Select(row => (string)row!["outcome"]!);

    private static IEnumerable<string> ErrorsOf(JsonNode report, int row) => report["rows"]![row]!["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal);
}
