using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars.Series;
using CitizenFocus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Webinars.Series;

/// <summary>Related webinars, and who follows them.</summary>
public sealed partial class SeriesTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Page_OfASeries_HasItsWebinarsAndNoOthers()
    {
        var series = await PutAsync("Air & water");
        var (its, other) = (await _site.PublishAsync(w => w with { Series = series, Title = "Ours" }), await _site.PublishAsync(w => w with { Title = "Another" }));

        var text = (await Html.ReadAsync(await _site.Client.GetAsync($"/series/{series}"))).QuerySelector("main")!.TextContent;

        Assert.Contains("Air & water", text, StringComparison.Ordinal);
        Assert.Contains(its.Title, text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Title, text, StringComparison.Ordinal);
        Assert.Equal("Air & water", (string?)JsonNode.Parse(await _site.Client.GetStringAsync($"/api/series/{series}"))!["title"]);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync("/series/none")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _site.SendJsonAsync(HttpMethod.Put, "/api/series/confirm", """{"title":"x"}""", Site.AsOrganiser)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.SendJsonAsync(HttpMethod.Put, $"/api/series/{series}", """{"title":"x"}""")).StatusCode);
    }

    [Fact]
    public async Task Following_ConfirmedByTheButton_InvitesOnceWhenOneOpens()
    {
        var (series, anna, bert) = (await PutAsync(), a.Address(), a.Address("bert"));
        var link = await AskAsync(series, anna);
        await AskAsync(series, bert);

        // A scanner opens the link; nothing but the button makes a follower.
        var before = await _site.CountEverythingAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Get]) Assert.Equal(HttpStatusCode.OK, (await _site.Client.SendAsync(new(method, link))).StatusCode);
        Assert.Equal(before, await _site.CountEverythingAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await _site.Client.PostAsync(link, null)).StatusCode);
        Assert.Contains("You follow this series", (await Html.ReadAsync(await _site.Client.GetAsync(link))).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

        var webinar = await _site.PublishAsync(w => w with { Series = series });
        await _site.SettleInvitationsAsync(webinar);
        await _site.SettleInvitationsAsync(webinar);

        Assert.Single(_site.InvitationsTo(anna));
        Assert.Empty(_site.InvitationsTo(bert));
        Assert.Equal(HttpStatusCode.SeeOther, (await _site.PostFormAsync(_site.InvitationPath(webinar, anna), ("name", "Anna"))).StatusCode);
    }

    [Fact]
    public async Task Unsubscribing_FromAFollowersInvitation_EndsTheFollowingAndNoMore()
    {
        var (series, anna) = (await PutAsync(), a.Address());
        await _site.Client.PostAsync(await AskAsync(series, anna), null);
        var webinar = await _site.PublishAsync(w => w with { Series = series });
        await _site.SettleInvitationsAsync(webinar);
        var path = _site.InvitationPath(webinar, anna) + "/unsubscribe";

        Assert.Equal(HttpStatusCode.OK, (await _site.PostFormAsync(path, ("List-Unsubscribe", "One-Click"))).StatusCode);
        Assert.Contains("no longer follow", (await Html.ReadAsync(await _site.Client.GetAsync(path))).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var (next, other) = (await _site.PublishAsync(w => w with { Series = series }), await _site.PublishAsync());
        await _site.InviteAsync(other, $"email\n{anna}\n");
        await _site.SettleInvitationsAsync(next);
        await _site.SettleInvitationsAsync(other);

        Assert.Equal(2, _site.InvitationsTo(anna).Count);
        Assert.Empty(await _site.RowsAsync(FollowerStore.TableName, series));
    }

    [Fact]
    public async Task Series_AreListedAndLinkedFromTheirWebinars()
    {
        var series = await PutAsync("Air & water");
        var webinar = await _site.PublishAsync(w => w with { Series = series });
        var ofNone = await _site.PublishAsync(w => w with { Series = "gone" });

        var link = (await Html.ReadAsync(await _site.Client.GetAsync($"/webinars/{webinar.Slug}"))).QuerySelector($"main a[href='/series/{series}']")!;
        var listed = JsonNode.Parse(await _site.Client.GetStringAsync("/api/series"))!["series"]!.AsArray();
        var tags = (await Html.ReadAsync(await _site.Client.GetAsync($"/series/{series}"))).QuerySelector("meta[property='og:title']")!;

        Assert.Equal(("Air & water", "Part of the series Air & water"), (link.TextContent, link.ParentElement!.TextContent));
        Assert.Empty((await Html.ReadAsync(await _site.Client.GetAsync($"/webinars/{ofNone.Slug}"))).QuerySelectorAll("main a[href^='/series']"));
        Assert.Contains(listed, one => (string)one!["slug"]! == series && ((string)one["url"]!).EndsWith($"/series/{series}", StringComparison.Ordinal));
        Assert.Equal("Air & water", tags.GetAttribute("content"));
    }

    [Fact]
    public async Task Following_WhoUnsubscribedBefore_IsInvitedAgain()
    {
        var (series, anna) = (await PutAsync(), a.Address());
        await SuppressAsync(anna, SuppressionCause.Unsubscribed);

        await _site.Client.PostAsync(await AskAsync(series, anna), null);
        var webinar = await _site.PublishAsync(w => w with { Series = series });
        await _site.SettleInvitationsAsync(webinar);

        Assert.Single(_site.InvitationsTo(anna));
    }

    [Fact]
    public async Task Asking_ForAnAddressThatBounced_SendsNothing()
    {
        var (series, anna) = (await PutAsync(), a.Address());
        await SuppressAsync(anna, SuppressionCause.Bounced);

        await _site.PostFormAsync($"/series/{series}/followers", ("email", anna));
        await _site.PumpAsync();

        Assert.Empty(_site.MailsTo(anna));
        Assert.Equal(["The address is suppressed: mail came back for good."], (await _site.DeliveriesAsync(anna)).Select(delivery => delivery.Reason));
        Assert.NotNull(await _site.Services.GetRequiredService<Suppressions>().FindAsync(_site.PersonOf(anna), default));
    }

    [Fact]
    public async Task Webinar_MovedToAnotherSeries_InvitesItsFollowersTooAndEachLeavesTheirOwn()
    {
        var (first, second, anna, bert) = (await PutAsync(), await PutAsync(), a.Address(), a.Address("bert"));
        await _site.Client.PostAsync(await AskAsync(first, anna), null);
        await _site.Client.PostAsync(await AskAsync(second, bert), null);
        var webinar = await _site.PublishAsync(w => w with { Series = first });
        await _site.SettleInvitationsAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Series = second });
        await _site.SettleInvitationsAsync(webinar);
        Assert.Equal((1, 1), (_site.InvitationsTo(anna).Count, _site.InvitationsTo(bert).Count));

        await _site.PostFormAsync(_site.InvitationPath(webinar, anna) + "/unsubscribe", ("List-Unsubscribe", "One-Click"));

        Assert.Empty(await _site.RowsAsync(FollowerStore.TableName, first));
        Assert.Single(await _site.RowsAsync(FollowerStore.TableName, second));
    }

    [Fact]
    public async Task Asking_AgainOrWrongly_SendsOneADayAndStoresNothing()
    {
        var (series, anna) = (await PutAsync(), a.Address());
        for (var n = 0; n < 3; n++) await AskAsync(series, anna);
        Assert.Single(_site.MailsTo(anna));
        var before = await _site.CountEverythingAsync();

        var malformed = await _site.PostFormAsync($"/series/{series}/followers", ("email", "anna@"));

        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal("true", (await Html.ReadAsync(malformed)).QuerySelector("input[name=email]")!.GetAttribute("aria-invalid"));
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Link_AfterSevenDays_DoesNotWorkAndTheAddressIsForgotten()
    {
        await using var site = await Site.StartAsync();
        var (series, anna, other) = (await PutAsync(site: site), a.Address(), a.Address("other"));
        var link = await AskAsync(series, anna, site);
        site.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.PostAsync(link, null)).StatusCode);
        await AskAsync(series, other, site);
        Assert.Equal(2, (await site.RowsAsync(FollowerStore.TableName, $"{series}|unconfirmed")).Count);
        await site.FireTimerAsync();
        Assert.Equal([site.PersonOf(other).Value], (await site.RowsAsync(FollowerStore.TableName, $"{series}|unconfirmed")).Select(row => row.RowKey));
    }

    private Task SuppressAsync(string address, SuppressionCause cause) => _site.Services.GetRequiredService<Suppressions>().AddAsync(_site.PersonOf(address), cause, default);

    private async Task<string> PutAsync(string title = "The series", Site? site = null)
    {
        var slug = AzuriteFixture.UniqueName("series");
        var response = await (site ?? _site).SendJsonAsync(HttpMethod.Put, $"/api/series/{slug}", new JsonObject { ["title"] = title, ["summary"] = "All of it." }.ToJsonString(), Site.AsOrganiser);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return slug;
    }

    /// <summary>Asks to follow.</summary>
    /// <returns>The path of the link in the e-mail.</returns>
    private async Task<string> AskAsync(string series, string address, Site? on = null)
    {
        var site = on ?? _site;
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostFormAsync($"/series/{series}/followers", ("email", address))).StatusCode);
        await site.PumpAsync();
        return Link().Match(Assert.Single(site.MailsTo(address)).TextBody!).Value;
    }

    [GeneratedRegex("/series/confirm/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
