using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Pages;

/// <summary>LocalHost's own page of the e-mails that were sent.</summary>
internal sealed class MailboxPage(IPage page)
{
    /// <summary>The e-mail as it is shown to whoever looks at its HTML.</summary>
    public IFrameLocator Html => page.FrameLocator("iframe");

    public ILocator CalendarFile => page.GetByRole(AriaRole.Link, new() { Name = "invite.ics" });

    public async Task OpenMailToAsync(string address)
    {
        await page.GotoAsync("/_local/mailbox");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = address }).GetByRole(AriaRole.Link).First.ClickAsync();
    }
}
