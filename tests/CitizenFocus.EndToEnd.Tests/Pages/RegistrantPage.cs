using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;

namespace CitizenFocus.EndToEnd.Tests.Pages;

/// <summary>A registrant's own page, behind the link of their e-mails.</summary>
internal sealed partial class RegistrantPage(IPage page)
{
    public ILocator Cancel => page.GetByRole(AriaRole.Button, new() { Name = "Cancel my registration" });

    public ILocator Undo => page.GetByRole(AriaRole.Button, new() { Name = "Take it back" });

    /// <summary>The link as the text part has it.</summary>
    public static string LinkIn(MimeMessage mail) => RegistrationLink().Match(mail.TextBody ?? "").Value;

    public async Task OpenAsync(string link) => Assert.Equal(200, (await page.GotoAsync(link))!.Status);

    public Task AssertSaysAsync(string headline) => Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(headline);

    [GeneratedRegex(@"http://localhost:\d+/registrations/[\w.~-]+")]
    private static partial Regex RegistrationLink();
}
