using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Pages;

/// <summary>The page after a registration: what happens next.</summary>
internal sealed class ReceivedPage(IPage page)
{
    public const string Path = WebinarPage.Path + "/registrations";

    public ILocator Steps => page.GetByRole(AriaRole.Heading, new() { Name = "What happens next" });

    /// <summary>That it is there, at an address that can be loaded again without sending the form twice.</summary>
    public async Task AssertShownAsync()
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you, we have your registration");
        await Assertions.Expect(Steps).ToBeVisibleAsync();
        Assert.Equal(Path, new Uri(page.Url).AbsolutePath);
        Assert.Equal(200, (await page.ReloadAsync())!.Status);
    }
}
