using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Surveys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Surveys;

/// <summary>The webinar begins at 14:00 in Brussels, 13:00 UTC.</summary>
public sealed class SurveyTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Answer_WithoutTheBox_KeepsNothingThatTellsWho()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AfterAsync();

        var response = await then.PostFormAsync(Path(webinar, anna), ("useful", "4"), ("comment", "More\r\nexamples: ä"), ("again", "yes"));

        Assert.Equal((HttpStatusCode.SeeOther, Path(webinar, anna) + "/thanks"), (response.StatusCode, response.Headers.Location!.OriginalString));
        Assert.Contains("Thank you", await then.Client.GetStringAsync(response.Headers.Location), StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync(webinar));
        var text = string.Join('\n', row.Select(column => $"{column.Key}={column.Value}"));
        foreach (var secret in new[] { "Anna", anna, anna.Split('@')[0], _site.PersonOf(anna).Value }) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            (4, "More\r\nexamples: ä", "Yes", "2026-12-09"),
            (row.GetInt32("Useful"), row.GetString("Comment"), row.GetString("Again"), row.GetString("Day")));

        // Storage's own aside, no column holds a moment.
        Assert.Equal(["Timestamp"], row.Where(column => column.Value is DateTimeOffset).Select(column => column.Key));
    }

    [Fact]
    public async Task Answer_Again_TakesThePlaceOfTheFirstAndOfTheName()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AfterAsync();

        await then.PostFormAsync(Path(webinar, anna), ("useful", "1"), ("comment", "Loud"), ("again", "no"), ("showName", "true"));
        var signed = Assert.Single(await RowsAsync(webinar));
        await then.PostFormAsync(Path(webinar, anna), ("useful", "5"));
        var unsigned = Assert.Single(await RowsAsync(webinar));

        Assert.Equal(("Anna Ash", anna), (signed.GetString("Name"), signed.GetString("Email")));
        Assert.DoesNotContain(_site.PersonOf(anna).Value, string.Concat(signed.Select(column => column.Value)), StringComparison.Ordinal);
        Assert.Equal(signed.RowKey, unsigned.RowKey);
        Assert.Equal((5, "", false, false, false), (unsigned.GetInt32("Useful"), unsigned.GetString("Comment"), unsigned.ContainsKey("Name"), unsigned.ContainsKey("Email"), unsigned.ContainsKey("Again")));
    }

    [Fact]
    public void Pseudonym_OfAPerson_IsKeyedAndOfOneWebinarOnly()
    {
        var person = _site.PersonOf("anna@example.org");
        var ours = new SurveyPseudonyms(a.KeyRing("k1"));
        var theirs = new SurveyPseudonyms(a.KeyRing("k1") with { PersonId = a.Key(9) });
        var (one, other) = (WebinarSlug.Parse("one"), WebinarSlug.Parse("other"));

        Assert.Equal(4, new[] { person.Value, ours.Of(one, person), ours.Of(other, person), theirs.Of(one, person) }.Distinct().Count());
    }

    [Fact]
    public async Task Page_Answered_ShowsNothingOfTheAnswer()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AfterAsync();
        await then.PostFormAsync(Path(webinar, anna), ("useful", "2"), ("comment", "Between us"), ("showName", "true"));
        var before = await _site.CountEverythingAsync();

        await then.Client.SendAsync(new(HttpMethod.Head, Path(webinar, anna)));
        var page = await Html.ReadAsync(await then.Client.GetAsync(Path(webinar, anna)));

        Assert.Contains("You have answered already", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Between us", page.Source.Text, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("input[checked]"));
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Page_BeforeAndFromTheStart_OpensToTheSecond()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var before = await AtAsync(new(2026, 12, 8, 12, 59, 59, TimeSpan.Zero));
        await using var then = await AtAsync(new(2026, 12, 8, 13, 0, 0, TimeSpan.Zero));

        var early = await Html.ReadAsync(await before.Client.GetAsync(Path(webinar, anna)));
        var refused = await before.PostFormAsync(Path(webinar, anna), ("useful", "5"));
        var open = await Html.ReadAsync(await then.Client.GetAsync(Path(webinar, anna)));

        Assert.Contains("It has not begun", early.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((0, 1), (early.QuerySelectorAll("form").Length, open.QuerySelectorAll("form").Length));
        Assert.Equal(Path(webinar, anna), refused.Headers.Location!.OriginalString);
        Assert.Empty(await RowsAsync(webinar));
        Assert.Equal(5, open.QuerySelectorAll("input[name=useful][type=radio]").Length);
        Assert.False(open.QuerySelector("input[name=showName]")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Page_OfOneWithoutASeatOrWithABrokenLink_IsNone()
    {
        var (webinar, anna) = await WithASeatAsync();
        await _site.CancelAsync(webinar, anna);
        await using var then = await AfterAsync();

        Assert.Contains("This is for those who had a seat", await then.Client.GetStringAsync(Path(webinar, anna)), StringComparison.Ordinal);
        await then.PostFormAsync(Path(webinar, anna), ("useful", "5"));
        foreach (var path in new[] { Path(webinar, a.Address()), Path(webinar, anna)[..^3], _site.JoinPath(webinar, anna).Replace("/join/", "/surveys/", StringComparison.Ordinal) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await then.Client.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await then.PostFormAsync(path, ("useful", "5"))).StatusCode);
        }

        Assert.Empty(await RowsAsync(webinar));
    }

    [Theory]
    [InlineData("useful", "")]
    [InlineData("useful", "6")]
    [InlineData("useful", "0")]
    [InlineData("useful", "five")]
    [InlineData("again", "perhaps")]
    [InlineData("comment", "\u0007")]
    [InlineData("comment", null)]
    public async Task Answer_ThatCannotBe_ComesBackWithTheErrorAtItsField(string field, string? value)
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AfterAsync();
        var fields = new Dictionary<string, string> { ["useful"] = "3", ["comment"] = "Kept", ["again"] = "maybe", ["showName"] = "true", [field] = value ?? new string('x', 2_001) };

        var form = await then.PostFormAsync(Path(webinar, anna), [.. fields.Select(pair => (pair.Key, pair.Value))]);
        var json = await then.PostJsonAsync(Path(webinar, anna), new JsonObject(fields.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))));
        var page = await Html.ReadAsync(form);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (form.StatusCode, json.StatusCode));
        Assert.NotNull(page.GetElementById($"field-{field}-error"));
        Assert.NotNull(page.QuerySelector($".summary a[href='#field-{field}']"));
        if (field != "comment") Assert.Equal("Kept", page.QuerySelector("textarea")!.TextContent);
        Assert.True(page.QuerySelector("input[name=showName]")!.HasAttribute("checked"));
        Assert.Empty(await RowsAsync(webinar));
    }

    [Fact]
    public async Task Api_ForOrganisers_CountsAndNamesOnlyWhereAllowedInTheOrderOfTheKeys()
    {
        var (webinar, anna) = await WithASeatAsync();
        var others = new[] { a.Address("bert"), a.Address("carl"), a.Address("dora") };
        foreach (var address in others) await _site.RegisterAsync(webinar, address, address.Split('@')[0]);
        await _site.SettleAsync(webinar);
        await using var then = await AfterAsync();
        await then.PostFormAsync(Path(webinar, anna), ("useful", "5"), ("comment", "Go on"), ("again", "yes"), ("showName", "true"));
        foreach (var address in others) await then.PostJsonAsync(Path(webinar, address), new JsonObject { ["useful"] = 3, ["comment"] = "From " + address[..4], ["again"] = "maybe" });

        var anonymous = await then.SendJsonAsync(HttpMethod.Get, $"/api/webinars/{webinar.Slug}/survey");
        var response = await then.SendJsonAsync(HttpMethod.Get, $"/api/webinars/{webinar.Slug}/survey", headers: Site.AsOrganiser);
        var text = await response.Content.ReadAsStringAsync();
        var survey = JsonNode.Parse(text)!;

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (anonymous.StatusCode, response.StatusCode));
        Assert.Equal(
            (4, 3, 1, 0, 1, 3),
            ((int)survey["answers"]!, (int)survey["useful"]!["3"]!, (int)survey["useful"]!["5"]!, (int)survey["useful"]!["1"]!, (int)survey["again"]!["yes"]!, (int)survey["again"]!["maybe"]!));
        Assert.Equal((await RowsAsync(webinar)).Select(row => row.GetString("Comment")), survey["entries"]!.AsArray().Select(entry => (string?)entry!["comment"]));
        var named = Assert.Single(survey["entries"]!.AsArray(), entry => entry!["name"] is not null);
        Assert.Equal(("Anna Ash", anna, "Go on"), ((string?)named!["name"], (string?)named["email"], (string?)named["comment"]));
        foreach (var address in others) Assert.DoesNotContain(address, text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026", text, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<TableEntity>> RowsAsync(Webinar webinar) => await _site.RowsAsync(SurveyStore.TableName, webinar.Slug.Value);

    private string Path(Webinar webinar, string address) => _site.Services.GetRequiredService<RegistrationTokens>().SurveyUrl(webinar.Slug, _site.PersonOf(address)).AbsolutePath;

    private Task<Site> AfterAsync() => AtAsync(new(2026, 12, 9, 9, 17, 23, TimeSpan.Zero));

    private Task<Site> AtAsync(DateTimeOffset time) => _site.StartAnotherAsync(new FakeTimeProvider(time));

    private async Task<(Webinar Webinar, string Address)> WithASeatAsync()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        return (webinar, anna);
    }
}
