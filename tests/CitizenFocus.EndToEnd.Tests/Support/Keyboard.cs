using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>Goes through a page with the Tab key, as who has no mouse does.</summary>
internal static class Keyboard
{
    private const int MostStops = 60;

    /// <summary>Presses Tab until an element has the focus, and sees on the way that each stop shows where one is.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(
                await page.EvaluateAsync<bool>("() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"),
                await page.EvaluateAsync<string>("() => 'The focus does not show: ' + document.activeElement.outerHTML"));
            if (await HasFocusAsync(target)) return;
        }

        Assert.Fail($"Not reached by {MostStops} times Tab: {target}");
    }

    public static Task<bool> HasFocusAsync(this ILocator target) => target.EvaluateAsync<bool>("element => element === document.activeElement");
}
