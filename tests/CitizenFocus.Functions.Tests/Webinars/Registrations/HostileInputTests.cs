using System.Net;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

public sealed class HostileInputTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Markup = "<script>alert(1)</script><b>\"';,:x";

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Markup_InEveryField_IsTextOnPagesInMailsAndInCalendars()
    {
        var webinar = await _site.PublishAsync(w => w with { Title = Markup, Summary = Markup, Text = Markup, Place = Markup });
        var anna = a.Address();
        await _site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", Markup), ("email", anna), ("organisation", Markup), ("consent", "on"));
        await _site.SettleAsync(webinar);

        var mail = Assert.Single(_site.MailsTo(anna));
        Assert.Equal("You are registered: " + Markup, mail.Subject);
        Assert.Equal(Markup, mail.To.Mailboxes.Single().Name);
        Assert.Contains(Markup, mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", mail.HtmlBody, StringComparison.Ordinal);
        var entry = Assert.Single(await _site.CalendarsToAsync(anna)).Event;
        Assert.Equal((Markup, Markup, Markup.Replace('"', '\'')), (entry.Summary, entry.Location, entry.Attendee!.Name));
        foreach (var path in new[] { $"/webinars/{webinar.Slug}", "/webinars", "/", _site.RegistrationPath(webinar, anna), _site.JoinPath(webinar, anna), $"/webinars/{webinar.Slug}/registrations" })
        {
            var page = await Html.ReadAsync(await _site.Client.GetAsync(path));
            Assert.Contains(Markup, page.Body!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Contains("<", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Markup_InWhatIsRefused_ComesBackAsText()
    {
        var webinar = await _site.PublishAsync();

        var page = await Html.ReadAsync(await _site.PostFormAsync(
            $"/webinars/{webinar.Slug}/registrations",
            ("name", Markup), ("email", Markup), ("organisation", Markup), ("country", Markup), ("language", Markup), ("timeZone", Markup), ("form", Markup)));

        Assert.Equal(Markup, page.GetElementById("field-email")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("main script, main b"));
    }

    [Fact]
    public async Task Logs_OfAllThis_HoldNoAddressNoNameAndNoToken()
    {
        await using var site = await Site.StartAsync();
        var (webinar, anna) = (await site.PublishAsync(), a.Address());
        await site.RegisterAsync(webinar, anna, "Annabella Ashwood");
        await site.SettleAsync(webinar);
        var token = site.RegistrationPath(webinar, anna).Split('/')[2];
        await site.CancelAsync(webinar, anna);
        site.Calls.Disturb = (_, _) => throw new InjectedFault();
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.UndoAsync(webinar, anna)).StatusCode);
        await site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Annabella Ashwood"), ("email", anna), ("consent", "on"));
        await site.InvokeAsync("SendEmail", Site.DueEmail(site.PersonOf(anna), $"confirmation|{webinar.Slug}|0"));

        var log = site.Log.ToString();
        Assert.Contains("failed", log, StringComparison.Ordinal);
        Assert.All([anna, anna[..anna.IndexOf('@', StringComparison.Ordinal)], "Annabella", token], secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Client_AtItsSixtyFirstRegistrationInAMinute_Is429AndSaysWhenToComeBack()
    {
        await using var site = await Site.StartAsync(null, ("Webinars:RegistrationsPerMinute", "60"));
        var webinar = await site.PublishAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => site.RegisterAsync(webinar, a.Address())));
        var before = await site.CountEverythingAsync();

        var refused = await site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna"), ("email", a.Address()), ("consent", "on"));

        Assert.Equal((HttpStatusCode.TooManyRequests, 60d), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal(before, await site.CountEverythingAsync());
        site.Time.Advance(TimeSpan.FromMinutes(1));
        await site.RegisterAsync(webinar, a.Address());
    }
}
