using System.Globalization;
using System.Text.RegularExpressions;
using CitizenFocus.EndToEnd.Tests.Pages;
using CitizenFocus.EndToEnd.Tests.Support;
using CitizenFocus.Testing;
using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>From the form to the mail, to the calendar entry, and out again.</summary>
public sealed class RegistrationJourneyTests(SiteFixture site, BrowserFixture browser) : BrowserTest(site, browser)
{
    /// <summary>What is promised between the form and the mail.</summary>
    private static readonly TimeSpan MailWithin = TimeSpan.FromSeconds(10);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Registration_ByTheForm_LeadsToAMailWithItsEntry(bool javaScript) => await BrowseAsync(
        async page =>
        {
            var email = $"anna.{(javaScript ? "scripted" : "plain")}@city.example";
            var webinar = new WebinarPage(page);
            await webinar.OpenAsync();
            var start = await webinar.StartAsync();
            await (await webinar.RegisterAsync("Anna O’Neill", email)).AssertShownAsync();

            var mail = await Site.Mailbox.WaitForAsync(email, "You are registered", MailWithin);
            Assert.Equal("Anna O’Neill", Assert.Single(mail.To.Mailboxes).Name);
            Assert.NotNull(mail.HtmlBody);
            AssertIsEntryFor(email, start, CalendarText.Of(mail));

            var registration = new RegistrantPage(page);
            await registration.OpenAsync(RegistrantPage.LinkIn(mail));
            await registration.AssertSaysAsync("You have a seat");
            await Assertions.Expect(registration.Cancel).ToBeVisibleAsync();
        },
        javaScript,
        variant: javaScript ? "" : ".NoJavaScript");

    [BrowserFact]
    public async Task Mail_InLocalHostsMailbox_IsShownWithItsCalendarFile() => await BrowseAsync(async page =>
    {
        const string Email = "ben@city.example";
        var webinar = new WebinarPage(page);
        await webinar.OpenAsync();
        await webinar.RegisterAsync("Ben", Email);
        await Site.Mailbox.WaitForAsync(Email, "You are registered");

        var mailbox = new MailboxPage(page);
        await mailbox.OpenMailToAsync(Email);
        await Assertions.Expect(mailbox.Html.GetByRole(AriaRole.Heading, new() { Name = "Your seat is kept" })).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => mailbox.CalendarFile.ClickAsync());
        Assert.StartsWith("BEGIN:VCALENDAR", await File.ReadAllTextAsync(await download.PathAsync()));

        var opened = await page.Context.RunAndWaitForPageAsync(() => mailbox.Html.GetByRole(AriaRole.Link, new() { Name = "Your registration" }).ClickAsync());
        await new RegistrantPage(opened).AssertSaysAsync("You have a seat");
    });

    [BrowserFact]
    public async Task Cancellation_ByTheButton_CanBeTakenBack() => await BrowseAsync(async page =>
    {
        const string Email = "clara@city.example";
        var webinar = new WebinarPage(page);
        await webinar.OpenAsync();
        await webinar.RegisterAsync("Clara", Email);
        var confirmation = await Site.Mailbox.WaitForAsync(Email, "You are registered");
        var registration = new RegistrantPage(page);

        // A mail scanner looks first, and looks twice: that changes nothing.
        await registration.OpenAsync(RegistrantPage.LinkIn(confirmation));
        await registration.OpenAsync(RegistrantPage.LinkIn(confirmation));
        await registration.AssertSaysAsync("You have a seat");

        await registration.Cancel.ClickAsync();
        await registration.AssertSaysAsync("You have cancelled");
        var (requested, cancelled) = (CalendarText.Of(confirmation), CalendarText.Of(await Site.Mailbox.WaitForAsync(Email, "Your registration is cancelled")));
        Assert.Equal("CANCEL", cancelled.Value("METHOD"));
        Assert.Equal("CANCELLED", cancelled.Value("STATUS"));
        Assert.Equal(requested.Value("UID"), cancelled.Value("UID"));
        Assert.True(Number(cancelled.Value("SEQUENCE")) > Number(requested.Value("SEQUENCE")));

        await registration.Undo.ClickAsync();
        await registration.AssertSaysAsync("You have a seat");
        var restored = await Eventually.Async(() => Task.FromResult(Site.Mailbox.Find(Email, "You are registered")), mails => mails.Count == 2);
        Assert.Contains(restored, mail => Number(CalendarText.Of(mail).Value("SEQUENCE")) > Number(cancelled.Value("SEQUENCE")));
    });

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Form_WithBadInput_ComesBackWithLinkedErrorsAndWhatWasTyped(bool javaScript) => await BrowseAsync(
        async page =>
        {
            var webinar = new WebinarPage(page);
            await webinar.OpenAsync();
            // What a browser's own rules let through.
            await webinar.FillAsync(name: "   ", email: "dora@city");
            await webinar.Organisation.FillAsync("<b>Stadt</b> & \"Land\"");
            await webinar.Submit.ClickAsync();

            await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Error: "));
            await Assertions.Expect(webinar.ErrorLinks).ToHaveTextAsync(["Enter your name.", "Enter an e-mail address like name@example.org."]);
            await Assertions.Expect(webinar.Email).ToHaveValueAsync("dora@city");
            await Assertions.Expect(webinar.Organisation).ToHaveValueAsync("<b>Stadt</b> & \"Land\"");
            await Assertions.Expect(webinar.Consent).ToBeCheckedAsync();
            await Assertions.Expect(webinar.Email).ToHaveAccessibleDescriptionAsync(new Regex("Enter an e-mail address"));

            await webinar.ErrorLinks.Nth(1).ClickAsync();
            await Assertions.Expect(webinar.Email).ToBeFocusedAsync();

            // Put right, it goes through.
            await (await webinar.RegisterAsync("Dora", $"dora.{javaScript}@city.example")).AssertShownAsync();
        },
        javaScript,
        variant: javaScript ? "" : ".NoJavaScript");

    [BrowserFact]
    public async Task Form_WithoutTheBrowsersRules_IsJudgedByTheServer() => await BrowseAsync(async page =>
    {
        var webinar = new WebinarPage(page);
        await webinar.OpenAsync();
        await webinar.LeaveTheJudgingToTheServerAsync();
        await webinar.Submit.ClickAsync();

        await Assertions.Expect(webinar.ErrorLinks).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
    });

    [BrowserFact]
    public async Task Registration_ByTheKeyboardAlone_Works() => await BrowseAsync(async page =>
    {
        const string Email = "eva@city.example";
        var webinar = new WebinarPage(page);
        await webinar.OpenAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();

        await page.TabToAsync(webinar.Name);
        await page.Keyboard.TypeAsync("Eva");
        await page.TabToAsync(webinar.Email);
        await page.Keyboard.TypeAsync(Email);
        await page.TabToAsync(webinar.Consent);
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync(webinar.Submit);
        await page.Keyboard.PressAsync("Enter");
        await new ReceivedPage(page).AssertShownAsync();

        var registration = new RegistrantPage(page);
        await registration.OpenAsync(RegistrantPage.LinkIn(await Site.Mailbox.WaitForAsync(Email, "You are registered")));
        await page.TabToAsync(registration.Cancel);
        await page.Keyboard.PressAsync("Enter");
        await registration.AssertSaysAsync("You have cancelled");
    });

    private static void AssertIsEntryFor(string email, DateTimeOffset start, CalendarText entry)
    {
        Assert.Equal("REQUEST", entry.Value("METHOD"));
        Assert.Equal("CONFIRMED", entry.Value("STATUS"));
        Assert.Equal($"{WebinarPage.Slug}@localhost", entry.Value("UID"));
        Assert.EndsWith($":mailto:{email}", entry.Line("ATTENDEE"));
        Assert.EndsWith(":mailto:webinars@citizen-focus.example", entry.Line("ORGANIZER"));
        Assert.Contains("BEGIN:VTIMEZONE", entry.Lines);
        Assert.Equal("Europe/Brussels", entry.Value("TZID"));

        // 15:00 in Brussels, whatever the season, is the instant that the page says.
        var local = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"));
        Assert.Equal(15, local.Hour);
        Assert.Contains($"DTSTART;TZID=Europe/Brussels:{local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}", entry.Lines);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
