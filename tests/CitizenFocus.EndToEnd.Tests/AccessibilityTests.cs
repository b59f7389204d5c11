using CitizenFocus.EndToEnd.Tests.Pages;
using CitizenFocus.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>Every page, light and dark, on a phone and on a desk: axe finds nothing, and nothing must be pushed sideways.</summary>
public sealed class AccessibilityTests(SiteFixture site, BrowserFixture browser) : BrowserTest(site, browser)
{
    private const int Narrow = 320; // WCAG 2.2, 1.4.10: 1280 px at 400 %.
    private const int Wide = 1280;

    [BrowserTheory]
    [InlineData("/", 200)]
    [InlineData("/webinars", 200)]
    [InlineData(WebinarPage.Path, 200)]
    [InlineData(ReceivedPage.Path, 200)]
    [InlineData("/library", 200)]
    [InlineData("/library/handbook", 200)]
    [InlineData("/commitments", 200)]
    [InlineData("/news", 200)]
    [InlineData("/digest", 200)]
    [InlineData("/privacy", 200)]
    [InlineData("/no-such-page", 404)]
    public async Task Page_InEveryLook_IsAccessible(string path, int status) => await BrowseAsync(
        async page =>
        {
            Assert.Equal(status, (await page.GotoAsync(path))!.Status);
            await AssertAccessibleAsync(page);
        },
        variant: path.Replace('/', '.'));

    [BrowserFact]
    public async Task WebinarPage_WithErrors_IsAccessible() => await BrowseAsync(async page =>
    {
        var webinar = new WebinarPage(page);
        await webinar.OpenAsync();
        await webinar.LeaveTheJudgingToTheServerAsync();
        await webinar.Submit.ClickAsync();
        await Assertions.Expect(webinar.ErrorLinks).ToHaveCountAsync(3);
        await AssertAccessibleAsync(page);
    });

    [BrowserFact]
    public async Task RegistrantPage_BeforeAndAfterCancelling_IsAccessible() => await BrowseAsync(async page =>
    {
        const string Email = "axe@city.example";
        using var answer = await Site.Client.PostAsync(
            ReceivedPage.Path, new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Axel", ["email"] = Email, ["consent"] = "true" }));
        Assert.Equal(303, (int)answer.StatusCode);

        var registration = new RegistrantPage(page);
        await registration.OpenAsync(RegistrantPage.LinkIn(await Site.Mailbox.WaitForAsync(Email, "You are registered")));
        await AssertAccessibleAsync(page);
        await registration.Cancel.ClickAsync();
        await registration.AssertSaysAsync("You have cancelled");
        await AssertAccessibleAsync(page);
    });

    [BrowserFact]
    public async Task Page_WithFaults_IsFoundOut() => await BrowseAsync(async page =>
    {
        await page.SetContentAsync("""<body style="background: #888"><p style="color: #777">Hard to read</p><button></button></body>""");

        var found = string.Join('\n', await Axe.FindViolationsAsync(page));

        Assert.All(
            ["<title>", "lang attribute", "level-one heading", "landmark", "contrast", "Buttons must have discernible text"],
            fault => Assert.Contains(fault, found, StringComparison.Ordinal));
    });

    private static async Task AssertAccessibleAsync(IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in new[] { Narrow, Wide })
            {
                await page.SetViewportSizeAsync(width, 800);
                Assert.Equal(width, await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)"));
                var violations = await Axe.FindViolationsAsync(page);
                Assert.True(violations.Length == 0, $"{scheme}, {width} px: " + string.Join('\n', violations));
            }
        }
    }
}
