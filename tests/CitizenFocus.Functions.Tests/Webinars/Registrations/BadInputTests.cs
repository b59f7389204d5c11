using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

/// <summary>Each gets a clear answer, keeps what was typed, and writes nothing.</summary>
public sealed class BadInputTests(SiteFixture fixture) : IClassFixture<SiteFixture>, IAsyncLifetime
{
    private readonly Site _site = fixture.Site;
    private Webinar _webinar = null!;
    private int _before;

    private string Path => $"/webinars/{_webinar.Slug}/registrations";

    public async Task InitializeAsync()
    {
        _webinar = await _site.PublishAsync();
        _before = await _site.CountEverythingAsync();
    }

    public async Task DisposeAsync() => Assert.Equal(_before, await _site.CountEverythingAsync());

    public static TheoryData<string, string> Wrong => new()
    {
        { "name", "" },
        { "name", new string('n', 201) },
        { "name", "Anna\r\nBcc: x@example.org" },
        { "name", "An\u0007na" },
        { "name", "An\u2028na" },
        { "email", "" },
        { "email", "anna" },
        { "email", "anna@" },
        { "email", "anna@example.org\r\nBcc: x@example.org" },
        { "email", "a@b@example.org" },
        { "email", "\"quoted\"@example.org" },
        { "email", new string('a', 250) + "@example.org" },
        { "organisation", new string('o', 201) },
        { "organisation", "Ash\0ville" },
        { "country", "Atlantis" },
        { "language", "<script>alert(1)</script>" },
        { "timeZone", "Mars/Base" },
        { "consent", "" },
        { "consent", "no" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Form_OneFieldWrong_Is400WithTheErrorAtThatFieldAndKeepsTheRest(string field, string value)
    {
        var response = await _site.PostFormAsync(Path, [.. Filled(field, value).Select(pair => (pair.Key, pair.Value))]);
        var page = await Html.ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var link = Assert.Single(page.QuerySelectorAll("[role=alert] a"));
        Assert.Equal("#field-" + field, link.GetAttribute("href"));
        if (field != "organisation") Assert.Equal("Ashville", page.GetElementById("field-organisation")!.GetAttribute("value"));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Json_OneFieldWrong_IsAProblemThatNamesIt(string field, string value)
    {
        var body = new JsonObject(Filled(field, value).Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

        var response = await _site.PostJsonAsync(Path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal([field], JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Empty_FormAndJson_NameAllThatIsNeeded()
    {
        var form = await Html.ReadAsync(await _site.PostFormAsync(Path));
        var json = JsonNode.Parse(await (await _site.SendJsonAsync(HttpMethod.Post, Path, "{}")).Content.ReadAsStringAsync())!;

        Assert.Equal(["#field-name", "#field-email", "#field-consent"], form.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["consent", "email", "name"], json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_Over64KiB_Is413WhateverItsLengthSays(bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent("name=" + new string('n', 70_000), Encoding.UTF8, "application/x-www-form-urlencoded"),
            Headers = { TransferEncodingChunked = isChunked },
        };

        var response = await _site.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("too much", (await Html.ReadAsync(response)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task ContentType_Wrong_Is415(string type)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _site.Client.PostAsync(Path, content)).StatusCode);
    }

    [Fact]
    public async Task Json_Broken_SaysWhere()
    {
        var response = await _site.SendJsonAsync(HttpMethod.Post, Path, "{\n  \"name\": \"Anna\",\n  oops\n}");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.BadRequest, 3, 3), (response.StatusCode, (int)problem["line"]!, (int)problem["position"]!));
    }

    [Fact]
    public async Task Robot_ThatFillsTheTrapOrIsTooQuick_IsAnsweredAsAnybody()
    {
        var page = await Html.ReadAsync(await _site.Client.GetAsync($"/webinars/{_webinar.Slug}"));
        var made = page.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var filled = Filled("name", "Anna Ash").Select(pair => (pair.Key, pair.Value)).ToList();

        var trapped = await _site.PostFormAsync(Path, [.. filled, ("website", "https://spam.example")]);
        var quick = await _site.PostFormAsync(Path, [.. filled, ("form", made)]);

        Assert.All([trapped, quick], answer => Assert.Equal((HttpStatusCode.SeeOther, Path), (answer.StatusCode, answer.Headers.Location!.OriginalString)));
    }

    [Theory]
    [InlineData("GET", "/registrations/{0}")]
    [InlineData("POST", "/registrations/{0}/cancel")]
    [InlineData("POST", "/registrations/{0}/undo")]
    [InlineData("POST", "/registrations/{0}/accept")]
    [InlineData("POST", "/registrations/{0}/details")]
    [InlineData("GET", "/registrations/{0}/calendar.ics")]
    [InlineData("GET", "/join/{0}")]
    [InlineData("POST", "/join/{0}")]
    public async Task Token_ForgedCutOrOfAnotherPurpose_IsAFriendly404(string method, string pattern)
    {
        var isJoin = pattern.StartsWith("/join", StringComparison.Ordinal);
        var token = (isJoin ? _site.JoinPath(_webinar, "nobody@example.org") : _site.RegistrationPath(_webinar, "nobody@example.org")).Split('/')[2];
        var foreign = (isJoin ? _site.RegistrationPath(_webinar, "nobody@example.org") : _site.JoinPath(_webinar, "nobody@example.org")).Split('/')[2];
        var flipped = token[..40] + (token[40] == 'A' ? 'B' : 'A') + token[41..];

        foreach (var bad in new[] { foreign, flipped, token[..^1], token[..10], token + "A", "x", new string('A', 3_000) })
        {
            var response = await _site.Client.SendAsync(new(new(method), string.Format(null, System.Text.CompositeFormat.Parse(pattern), bad)));

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("This link does not work", (await Html.ReadAsync(response)).QuerySelector("h1")!.TextContent);
        }
    }

    private static Dictionary<string, string> Filled(string field, string value) => new()
    {
        ["name"] = "Anna Ash",
        ["email"] = "anna@example.org",
        ["organisation"] = "Ashville",
        ["consent"] = "on",
        [field] = value,
    };
}
