using System.Net;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Joining;

/// <summary>The webinar begins at 14:00 in Brussels, 13:00 UTC.</summary>
public sealed class JoinTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Room = "https://room.example/secret-room";

    private readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("12:44:59", "You are early", false)]
    [InlineData("12:45:00", "The doors are open", true)]
    [InlineData("14:59:59", "The doors are open", true)]
    [InlineData("15:00:00", "This is over", false)]
    public async Task Page_OfOneWithASeat_OpensAQuarterOfAnHourBefore(string time, string headline, bool isOpen)
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync(time);

        var response = await then.Client.GetAsync(_site.JoinPath(webinar, anna));
        var page = await Html.ReadAsync(response);

        Assert.Contains(headline, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(isOpen ? 1 : 0, page.QuerySelectorAll("form").Length);
        Assert.Equal(isOpen, PolicyOf(response).Contains("form-action 'self' https://room.example", StringComparison.Ordinal));
        Assert.DoesNotContain("room.example", page.Source.Text, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Button_WhenTheDoorsAreOpen_LeadsToTheRoomAndIsNotedOnce()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync("12:50:00");

        var first = await then.Client.PostAsync(_site.JoinPath(webinar, anna), null);
        then.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await then.Client.PostAsync(_site.JoinPath(webinar, anna), null);

        Assert.Equal((HttpStatusCode.SeeOther, Room), (first.StatusCode, first.Headers.Location!.AbsoluteUri));
        Assert.Equal(Room, second.Headers.Location!.AbsoluteUri);
        Assert.Equal(new DateTimeOffset(2026, 12, 8, 12, 50, 0, TimeSpan.Zero), (await _site.RegistrationAsync(webinar, anna))!.Attendance[1].JoinedAt);
    }

    [Fact]
    public async Task Button_BeforeTheDoorsOpen_LeadsBackToThePage()
    {
        var (webinar, anna) = await WithASeatAsync();

        var response = await _site.Client.PostAsync(_site.JoinPath(webinar, anna), null);

        Assert.Equal(_site.JoinPath(webinar, anna), response.Headers.Location!.OriginalString);
        Assert.Empty((await _site.RegistrationAsync(webinar, anna))!.Attendance);
    }

    [Fact]
    public async Task Page_OfOneWhoWaits_HasNoButtonAndTellsNoRoom()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        var (anna, bert) = (a.Address(), a.Address("bert"));
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        await _site.RegisterAsync(webinar, bert);
        await _site.SettleAsync(webinar);
        await using var then = await AtAsync("12:50:00");

        var response = await then.Client.GetAsync(_site.JoinPath(webinar, bert));
        var page = await Html.ReadAsync(response);

        Assert.Contains("You have no seat", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));
        Assert.DoesNotContain("room.example", page.Source.Text + PolicyOf(response), StringComparison.Ordinal);
        Assert.Equal(_site.JoinPath(webinar, bert), (await then.Client.PostAsync(_site.JoinPath(webinar, bert), null)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Page_OfAWebinarThatTheOrganisersEnded_IsOver()
    {
        var (webinar, anna) = await WithASeatAsync();
        await _site.ChangeAsync(webinar, w => w with { Status = WebinarStatus.Ended });
        await using var then = await AtAsync("12:50:00");

        Assert.Contains("This is over", await then.Client.GetStringAsync(_site.JoinPath(webinar, anna)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_LookedAtByAScanner_ChangesNothing()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync("12:50:00");
        var before = await _site.CountEverythingAsync();
        var row = await _site.RowsAsync("Registrations", webinar.Slug.Value);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get, HttpMethod.Head })
        {
            Assert.Equal(HttpStatusCode.OK, (await then.Client.SendAsync(new(method, _site.JoinPath(webinar, anna)))).StatusCode);
        }

        Assert.Equal(before, await _site.CountEverythingAsync());
        Assert.Equal(row.Select(entity => entity.ETag), (await _site.RowsAsync("Registrations", webinar.Slug.Value)).Select(entity => entity.ETag));
    }

    [Theory]
    [InlineData("12:44:59", "15 minutes", "2026-12-08T12:45:00Z")]
    [InlineData("10:00:00", "3 hours", "2026-12-08T12:45:00Z")]
    [InlineData("12:59:30", "less than a minute", null)]
    public async Task Countdown_BeforeTheStart_SaysHowLongAndWhenTheButtonComes(string time, string words, string? opens)
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync(time);

        var timer = (await Html.ReadAsync(await then.Client.GetAsync(_site.JoinPath(webinar, anna)))).QuerySelector("[role=timer]")!;

        Assert.Equal(words, timer.QuerySelector("strong")!.TextContent);
        Assert.Equal(
            ("off", "2026-12-08T13:00:00Z", $"2026-12-08T{time}Z", opens),
            (timer.GetAttribute("aria-live"), timer.GetAttribute("data-countdown"), timer.GetAttribute("data-now"), timer.GetAttribute("data-opens")));
    }

    [Fact]
    public async Task Countdown_OfWhatHasBegun_IsGone()
    {
        var (webinar, anna) = await WithASeatAsync();
        await using var then = await AtAsync("13:00:00");

        Assert.Null((await Html.ReadAsync(await then.Client.GetAsync(_site.JoinPath(webinar, anna)))).QuerySelector("[role=timer]"));
    }

    [Fact]
    public async Task Materials_OfTheLibrary_AreLinkedByTheirTitles()
    {
        var id = CitizenFocus.Testing.AzuriteFixture.UniqueName("guide");
        await _site.Services.GetRequiredService<LibraryService>().PutAsync(new() { Id = id, Title = "How to listen", Kind = "Guide" }, default);
        var (webinar, anna) = await WithASeatAsync(w => w with { Materials = [id, "taken-out"] });

        var page = await Html.ReadAsync(await _site.Client.GetAsync(_site.JoinPath(webinar, anna)));

        var link = Assert.Single(page.QuerySelectorAll("main a[href^='/library/']"));
        Assert.Equal(("How to listen", $"/library/{id}"), (link.TextContent, link.GetAttribute("href")));
    }

    [Fact]
    public async Task Page_WithoutARoomOrCancelled_SaysSo()
    {
        var (roomless, anna) = await WithASeatAsync(w => w with { Room = null });
        var (cancelled, bert) = await WithASeatAsync();
        await _site.CancelWebinarAsync(cancelled);
        await using var then = await AtAsync("12:50:00");

        Assert.Contains("There is no room yet", await then.Client.GetStringAsync(_site.JoinPath(roomless, anna)), StringComparison.Ordinal);
        Assert.Contains("This has been cancelled", await then.Client.GetStringAsync(_site.JoinPath(cancelled, bert)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_OfAWebinar_StandsInNoMailAndOnNoPage()
    {
        var (webinar, anna) = await WithASeatAsync();
        string[] paths =
        [
            "/", "/webinars", $"/webinars/{webinar.Slug}", $"/webinars/{webinar.Slug}/calendar.ics", "/calendar.ics", "/api/webinars", $"/api/webinars/{webinar.Slug}",
            _site.RegistrationPath(webinar, anna), _site.JoinPath(webinar, anna),
        ];

        foreach (var path in paths) Assert.DoesNotContain("room.example", await _site.Client.GetStringAsync(path), StringComparison.Ordinal);
        foreach (var mail in _site.MailsTo(anna))
        {
            Assert.All(mail.BodyParts.OfType<MimeKit.TextPart>(), part => Assert.DoesNotContain("room.example", part.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Room_OfAForeignScript_IsReached()
    {
        var webinar = a.Webinar();
        var body = $$"""{"title":"Talk","start":"2026-12-08T14:00","zone":"Europe/Brussels","durationMinutes":90,"status":"published","room":"https://bürger.example/raum"}""";
        await _site.SendJsonAsync(HttpMethod.Put, $"/api/webinars/{webinar.Slug}", body, Site.AsOrganiser);
        var anna = a.Address();
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        await using var then = await AtAsync("12:50:00");

        var page = await then.Client.GetAsync(_site.JoinPath(webinar, anna));
        var joined = await then.Client.PostAsync(_site.JoinPath(webinar, anna), null);

        Assert.Contains("form-action 'self' https://xn--brger-kva.example", PolicyOf(page), StringComparison.Ordinal);
        Assert.Equal("https://xn--brger-kva.example/raum", joined.Headers.Location!.AbsoluteUri);
    }

    private async Task<(Webinar Webinar, string Address)> WithASeatAsync(Func<Webinar, Webinar>? change = null)
    {
        var (webinar, anna) = (await _site.PublishAsync(change), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        return (webinar, anna);
    }

    private Task<Site> AtAsync(string time) =>
        _site.StartAnotherAsync(new FakeTimeProvider(DateTimeOffset.Parse($"2026-12-08T{time}Z", System.Globalization.CultureInfo.InvariantCulture)));

    private static string PolicyOf(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
}
