using System.Net;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Joining;

public sealed class WrongJoinLinkTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Link_CutInTheMiddle_SaysWhenAndWhereAndOffersTheRightOne()
    {
        var (webinar, anna) = await WithASeatAsync();

        var page = await WrongAsync(_site.JoinPath(webinar, anna)[..^12], HttpStatusCode.NotFound);

        AssertIsOf(page, webinar);
        Assert.DoesNotContain("Anna Ash", page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_SignedByAKeyThatIsGone_SaysWhenAndWhereAndOffersTheRightOne()
    {
        var (webinar, anna) = await WithASeatAsync();
        var token = new Tokens(a.KeyRing("gone"), _site.Time).Issue(TokenPurpose.Join, $"{webinar.Slug}|{_site.PersonOf(anna)}");

        AssertIsOf(await WrongAsync($"/join/{token}", HttpStatusCode.NotFound), webinar);
    }

    [Fact]
    public async Task Link_OfARegistrationThatIsGone_SaysWhenAndWhereAndOffersTheRightOne()
    {
        var (webinar, anna) = await WithASeatAsync();
        await _site.Storage.Table(RegistrationStore.TableName).DeleteEntityAsync(webinar.Slug.Value, RowKeys.Registration(_site.PersonOf(anna)));

        AssertIsOf(await WrongAsync(_site.JoinPath(webinar, anna), HttpStatusCode.Gone), webinar);
    }

    [Fact]
    public async Task Link_OfACancelledRegistration_LetsNobodyIn()
    {
        var (webinar, anna) = await WithASeatAsync();
        await _site.CancelAsync(webinar, anna);
        await using var then = await _site.StartAnotherAsync(new FakeTimeProvider(new(2026, 12, 8, 12, 50, 0, TimeSpan.Zero)));

        var got = await then.Client.GetAsync(_site.JoinPath(webinar, anna));
        var posted = await then.Client.PostAsync(_site.JoinPath(webinar, anna), null);

        Assert.All([got, posted], response => Assert.Equal((HttpStatusCode.Gone, null), (response.StatusCode, response.Headers.Location)));
        AssertIsOf(await Html.ReadAsync(got), webinar);
        Assert.DoesNotContain("room.example", await posted.Content.ReadAsStringAsync() + string.Concat(posted.Headers), StringComparison.Ordinal);
        Assert.Empty((await _site.RegistrationAsync(webinar, anna))!.Attendance);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("%F0%9F%92%A9")]
    public async Task Link_ThatTellsNothing_ListsWhatIsToCome(string token)
    {
        var webinar = await _site.PublishAsync();

        var page = await WrongAsync($"/join/{token}", HttpStatusCode.NotFound);

        Assert.NotEmpty(page.QuerySelectorAll($"main a[href='/webinars/{webinar.Slug}']"));
        Assert.Empty(page.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task Link_ToADraft_TellsNothingOfIt()
    {
        var webinar = await _site.PublishAsync(w => w with { Title = "Nobody may know", Status = WebinarStatus.Draft });
        var forged = new Tokens(a.KeyRing("gone"), _site.Time).Issue(TokenPurpose.Join, $"{webinar.Slug}|x");

        foreach (var path in new[] { $"/join/{forged}", _site.JoinPath(webinar, a.Address()) })
        {
            Assert.DoesNotContain("Nobody may know", (await WrongAsync(path, HttpStatusCode.NotFound)).Source.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Link_OfACancelledWebinar_OffersNoOther()
    {
        var (webinar, anna) = await WithASeatAsync();
        await _site.CancelWebinarAsync(webinar);

        var page = await WrongAsync(_site.JoinPath(webinar, anna)[..^12], HttpStatusCode.NotFound);

        Assert.Contains("has been cancelled", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task Form_FilledIn_SendsTheRightLinkToTheRegisteredAddress()
    {
        var (webinar, anna) = await WithASeatAsync();
        var page = await WrongAsync(_site.JoinPath(webinar, anna)[..^12], HttpStatusCode.NotFound);
        var form = (IHtmlFormElement)page.QuerySelector("form")!;
        _site.Time.Advance(TimeSpan.FromMinutes(1));

        var response = await _site.PostFormAsync(
            form.GetAttribute("action")!, ("email", anna), ("website", ""), ("form", page.QuerySelector("input[name=form]")!.GetAttribute("value")!));
        await _site.PumpAsync();

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(2, _site.MailsTo(anna).Count);
        Assert.All(_site.MailsTo(anna), mail => Assert.Contains(_site.JoinPath(webinar, anna), mail.TextBody, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_OfAProgram_IsToldInJson()
    {
        var webinar = await _site.PublishAsync();
        var path = _site.Services.GetRequiredService<RegistrationTokens>().JoinUrl(webinar.Slug, _site.PersonOf(a.Address())).AbsolutePath;

        var response = await _site.SendJsonAsync(HttpMethod.Post, path);

        Assert.Equal((HttpStatusCode.Gone, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    private async Task<IHtmlDocument> WrongAsync(string path, HttpStatusCode status)
    {
        var before = await _site.CountEverythingAsync();
        var head = await _site.Client.SendAsync(new(HttpMethod.Head, path));
        var response = await _site.Client.GetAsync(path);

        Assert.Equal((status, status), (head.StatusCode, response.StatusCode));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(before, await _site.CountEverythingAsync());
        return await Html.ReadAsync(response);
    }

    private static void AssertIsOf(IHtmlDocument page, Webinar webinar)
    {
        Assert.Contains("This link does not work", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tuesday 8 December 2026, 14:00", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Online", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/webinars/{webinar.Slug}/confirmation-requests", Assert.Single(page.QuerySelectorAll("form")).GetAttribute("action"));
        Assert.NotNull(page.QuerySelector("input[name=form]"));
        Assert.DoesNotContain("room.example", page.Source.Text, StringComparison.Ordinal);
    }

    private async Task<(Webinar Webinar, string Address)> WithASeatAsync()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        return (webinar, anna);
    }
}
