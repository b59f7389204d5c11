using System.Text;
using System.Text.RegularExpressions;
using CitizenFocus.EndToEnd.Tests.Support;
using Microsoft.Playwright;
using MimeKit;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>From the form to the digest, to other topics, and out again with one button; each page accessible.</summary>
public sealed partial class DigestJourneyTests(SiteFixture site, BrowserFixture browser) : BrowserTest(site, browser)
{
    private const string Token = "local-development-only-organisers-token";
    private const string Email = "dana@city.example";

    [BrowserFact]
    public async Task Digest_FromSubscribingToLeaving_IsOneButtonAStep() => await BrowseAsync(async page =>
    {
        await page.GotoAsync("/digest");
        await AssertAccessibleAsync(page);
        await page.GetByLabel("Your e-mail address").FillAsync(Email);
        await page.GetByLabel("energy").CheckAsync();
        await PressAsync(page, "Subscribe");
        await SaysAsync(page, "Look into your mailbox");

        await page.GotoAsync(LinkIn(await Site.Mailbox.WaitForAsync(Email, "Do you want the digest?"), "confirm"));
        await AssertAccessibleAsync(page);
        await PressAsync(page, "Subscribe");
        await SaysAsync(page, "You are subscribed");

        await PublishAndSendAsync();
        var digest = await Site.Mailbox.WaitForAsync(Email, "New commitment: Shade for every bus stop");
        Assert.StartsWith("<", digest.Headers["List-Unsubscribe"]?.Trim());
        await page.GotoAsync(LinkIn(digest, "issues"));
        await AssertAccessibleAsync(page);
        await SaysAsync(page, "Shade for every bus stop");

        await page.GotoAsync(LinkIn(digest, "preferences"));
        await AssertAccessibleAsync(page);
        await page.GetByLabel("Once a month").CheckAsync();
        await PressAsync(page, "Save");
        await SaysAsync(page, "It comes once a month, about energy.");

        await page.GotoAsync(LinkIn(digest, "unsubscribe"));
        await PressAsync(page, "Unsubscribe");
        await SaysAsync(page, "You get no more digest");
        await AssertAccessibleAsync(page);
        await PressAsync(page, "Undo: I want to keep it");
        await SaysAsync(page, "It comes once a month, about energy.");
    });

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task SaysAsync(IPage page, string text) => Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(text);

    private static async Task AssertAccessibleAsync(IPage page) => Assert.Empty(await Axe.FindViolationsAsync(page));

    private static string LinkIn(MimeMessage mail, string what) => Link().Matches(mail.TextBody ?? "").Select(match => match.Value).Single(link => link.Contains($"/digest/{what}/", StringComparison.Ordinal));

    private async Task PublishAndSendAsync()
    {
        using var commitment = new StringContent("""{"title":"Shade for every bus stop","summary":"A tree or a roof.","topics":["energy"]}""", Encoding.UTF8, "application/json");
        await OrganiseAsync(HttpMethod.Put, "/api/commitments/shade", commitment);
        await OrganiseAsync(HttpMethod.Post, "/api/digest/weekly/send", null);
    }

    private async Task OrganiseAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await Site.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"http://localhost:\d+/digest/\S+")]
    private static partial Regex Link();
}
