using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Api;

/// <summary>Commitments, news and documents through the API, and what visitors then see.</summary>
public sealed class ContentApiTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "commitments", """{"title":"Benches <b>for</b> all","summary":"More to sit on","topics":["streets","ageing"],"submittedAt":"2026-08-01T10:00:00Z"}""", "/commitments" },
        { "news", """{"title":"Benches <b>for</b> all","summary":"More to sit on","publishedAt":"2026-08-01T10:00:00Z"}""", "/news" },
        { "documents", """{"title":"Benches <b>for</b> all","summary":"More to sit on","kind":"Handbook","published":"2026-08-01"}""", "/library" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Put_ByAnOrganiser_IsReadByEverybody(string kind, string body, string page)
    {
        var path = $"/api/{kind}/benches-for-all";
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(path, body)).StatusCode);

        var item = await ReadAsync(await _site.Client.GetAsync(path));
        Assert.Equal(("benches-for-all", "Benches <b>for</b> all"), ((string?)item["id"], (string?)item["title"]));
        var list = (await ReadAsync(await _site.Client.GetAsync($"/api/{kind}")))[kind]!.AsArray();
        Assert.Contains("benches-for-all", list.Select(entry => (string?)entry!["id"]));

        var shown = await Html.ReadAsync(await _site.Client.GetAsync($"{page}/benches-for-all"));
        Assert.Equal("Benches <b>for</b> all", shown.QuerySelector("h1")!.TextContent.Trim());
        Assert.Contains("Benches <b>for</b> all", (await Html.ReadAsync(await _site.Client.GetAsync(page))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Put_WithoutAToken_IsRefusedAndWritesNothing(string kind, string body, string page)
    {
        var path = $"/api/{kind}/from-a-stranger";

        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.SendJsonAsync(HttpMethod.Put, path, body)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync($"{page}/from-a-stranger")).StatusCode);
    }

    [Theory]
    [InlineData("commitments", """{"title":"","submittedAt":"yesterday"}""", "title,submittedAt")]
    [InlineData("news", """{"title":"a\nb","publishedAt":"1"}""", "title,publishedAt")]
    [InlineData("documents", """{"title":"a","published":"2026-13-01","year":"3000"}""", "kind,published,year")]
    public async Task Put_BadInput_NamesEveryField(string kind, string body, string fields)
    {
        var response = await PutAsync($"/api/{kind}/bad", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields.Split(',').Order(), (await ReadAsync(response))["errors"]!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Put_OfAFormThatARobotFilledIn_SaysWhatToSend()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/news/robot")
        {
            Headers = { Authorization = new("Bearer", Site.ApiToken), Accept = { new("application/json") } },
            Content = new FormUrlEncodedContent([new("title", "Cheap watches"), new("website", "https://watches.example")]),
        };
        var response = await _site.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, "Send the content as JSON"), (response.StatusCode, (string?)(await ReadAsync(response))["title"]));
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync("/api/news/robot")).StatusCode);
    }

    [Theory]
    [InlineData("commitments")]
    [InlineData("news")]
    public async Task List_OfManyPages_GivesEachOnceFromTheLatestBackwards(string kind)
    {
        var time = kind == "news" ? "publishedAt" : "submittedAt";
        await Parallel.ForEachAsync(Enumerable.Range(1, 55), async (n, _) =>
        {
            var body = new JsonObject { ["title"] = $"Number {n}", [time] = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(n).ToString("yyyy-MM-dd'T'HH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) };
            Assert.Equal(HttpStatusCode.OK, (await PutAsync($"/api/{kind}/number-{n}", body.ToJsonString())).StatusCode);
        });

        var ids = new List<string>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var page = await ReadAsync(await _site.Client.GetAsync($"/api/{kind}" + (after is null ? "" : $"?after={after}")));
            ids.AddRange(page[kind]!.AsArray().Select(entry => (string)entry!["id"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(1, 55).Reverse().Select(n => $"number-{n}"), ids.Where(id => id.StartsWith("number-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Put_WithAnotherTime_MovesTheItem()
    {
        await PutAsync("/api/news/moved", """{"title":"First","publishedAt":"2024-05-01T00:00:00Z"}""");
        await PutAsync("/api/news/moved", """{"title":"Second","publishedAt":"2023-02-01T00:00:00Z"}""");

        Assert.Equal("Second", (string?)(await ReadAsync(await _site.Client.GetAsync("/api/news/moved")))["title"]);
        var listed = new List<string>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var page = await ReadAsync(await _site.Client.GetAsync("/api/news" + (after is null ? "" : $"?after={after}")));
            listed.AddRange(page["news"]!.AsArray().Select(entry => (string)entry!["id"]!));
            next = (string?)page["next"];
        }

        Assert.Single(listed, "moved");
    }

    private Task<HttpResponseMessage> PutAsync(string path, string body) =>
        _site.SendJsonAsync(HttpMethod.Put, path, body, headers => headers.Authorization = new("Bearer", Site.ApiToken));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
