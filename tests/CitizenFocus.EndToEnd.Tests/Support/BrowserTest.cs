using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>A test in the browser: a profile of its own, watched all the way; a screenshot is kept where it fails.</summary>
[Collection(SiteCollection.Name)]
public abstract class BrowserTest(SiteFixture site, BrowserFixture browser)
{
    private static readonly string Screenshots = Path.Combine(AppContext.BaseDirectory, "TestResults");

    protected RunningSite Site { get; } = site.Site;

    /// <summary>Runs a journey from an empty tab on.</summary>
    protected async Task BrowseAsync(
        Func<IPage, Task> journey, bool javaScript = true, [CallerMemberName] string name = "", string variant = "")
    {
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = Site.Origin,
            JavaScriptEnabled = javaScript,
            Locale = "en-GB",
            TimezoneId = "Europe/Athens",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        var watch = new PageWatch(context, Site.Origin);
        var page = await context.NewPageAsync();
        try
        {
            await journey(page);
            watch.AssertQuiet();
        }
        catch
        {
            await TryKeepScreenshotAsync(page, $"{GetType().Name}.{name}{variant}.png");
            throw;
        }
    }

    /// <summary>Where the browser itself is gone there is none, and what failed first is still what is reported.</summary>
    private static async Task TryKeepScreenshotAsync(IPage page, string file)
    {
        try
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, file), FullPage = true });
        }
        catch (PlaywrightException fault)
        {
            Console.Error.WriteLine($"No screenshot {file}: {fault.Message}");
        }
    }
}
