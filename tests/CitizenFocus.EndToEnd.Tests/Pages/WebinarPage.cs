using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Pages;

/// <summary>The page of the sample's upcoming webinar, with the form.</summary>
internal sealed class WebinarPage(IPage page)
{
    public const string Slug = "citizen-engagement-in-practice";
    public const string Path = "/webinars/" + Slug;

    public ILocator Name => Form.GetByLabel("Your name");

    public ILocator Email => Form.GetByLabel("E-mail address");

    public ILocator Organisation => Form.GetByLabel("Organisation");

    public ILocator Consent => Form.GetByLabel("Use what I wrote here");

    public ILocator Submit => Form.GetByRole(AriaRole.Button, new() { Name = "Register" });

    public ILocator ErrorLinks => Form.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link);

    /// <summary>Its start, from the page.</summary>
    public async Task<DateTimeOffset> StartAsync() => DateTimeOffset.Parse(
        (await page.Locator(".facts time").First.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture);

    private ILocator Form => page.Locator($"form[action='{Path}/registrations']");

    public Task OpenAsync() => page.GotoAsync(Path);

    public async Task<ReceivedPage> RegisterAsync(string name, string email)
    {
        await FillAsync(name, email);
        await Submit.ClickAsync();
        return new(page);
    }

    public async Task FillAsync(string name, string email)
    {
        await Name.FillAsync(name);
        await Email.FillAsync(email);
        await Consent.CheckAsync();
    }

    /// <summary>Keeps the browser from judging the form itself, as one without such rules would.</summary>
    public Task LeaveTheJudgingToTheServerAsync() => Form.EvaluateAsync("form => { form.noValidate = true }");
}
