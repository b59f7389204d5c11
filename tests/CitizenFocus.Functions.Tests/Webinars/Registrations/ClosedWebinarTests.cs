using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

public sealed class ClosedWebinarTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Registering_CancelledBetweenPageAndClick_Is409AndKeepsWhatWasTyped()
    {
        var webinar = await _site.PublishAsync();
        await _site.Client.GetAsync($"/webinars/{webinar.Slug}");
        await _site.CancelWebinarAsync(webinar);
        var before = await _site.CountEverythingAsync();

        var response = await _site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna Ash"), ("email", "anna@example.org"), ("consent", "on"));
        var page = await Html.ReadAsync(response);
        var json = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", new JsonObject { ["name"] = "Anna", ["email"] = "anna@example.org", ["consent"] = true });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("has been cancelled", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Anna Ash", page.GetElementById("field-name")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("main form button"));
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (json.StatusCode, json.Content.Headers.ContentType!.MediaType));
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Registering_CancelledInAnotherProcess_IsAnsweredByMail()
    {
        await using var other = await _site.StartAnotherAsync();
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await other.Client.GetAsync($"/webinars/{webinar.Slug}");
        await _site.CancelWebinarAsync(webinar);

        await other.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        Assert.Equal(RegistrationStatus.Closed, (await _site.RegistrationAsync(webinar, anna))!.Status);
        Assert.Equal("Registration has closed: Citizens first", Assert.Single(_site.MailsTo(anna)).Subject);
        Assert.Empty(await _site.CalendarsToAsync(anna));
    }

    [Fact]
    public async Task Registering_CancelledWhileThePageIsRead_IsNotTakenForOpenAfterwards()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync();
        other.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (!request.Uri.ToString().Contains("Webinars(", StringComparison.Ordinal) || StorageCalls.IsTableWrite(request)) return;
            other.Calls.Disturb = null;
            await other.CancelWebinarAsync(webinar);
        };
        await other.Client.GetAsync($"/webinars/{webinar.Slug}");

        var response = await other.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna Ash"), ("email", a.Address()), ("consent", "on"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Registering_Past_Is409()
    {
        var webinar = await _site.PublishAsync();
        await using var later = await _site.StartAnotherAsync(new FakeTimeProvider(new(2026, 12, 8, 14, 30, 0, TimeSpan.Zero)));
        var before = await _site.CountEverythingAsync();

        var response = await later.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna Ash"), ("email", a.Address()), ("consent", "on"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("has closed", (await Html.ReadAsync(response)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Theory]
    [InlineData("no-such-webinar")]
    [InlineData("No%20Slug")]
    public async Task Registering_UnknownWebinar_Is404(string slug)
    {
        var before = await _site.CountEverythingAsync();

        var response = await _site.PostFormAsync($"/webinars/{slug}/registrations", ("name", "Anna Ash"), ("email", "anna@example.org"), ("consent", "on"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Draft_ForVisitors_IsNotThere()
    {
        var webinar = await _site.PublishAsync(w => w with { Status = WebinarStatus.Draft });

        var paths = new[] { "", "/calendar.ics", "/registrations" }.Select(rest => $"/webinars/{webinar.Slug}{rest}").Append($"/api/webinars/{webinar.Slug}");

        foreach (var path in paths) Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(path)).StatusCode);
        Assert.DoesNotContain(webinar.Slug.Value, await _site.Client.GetStringAsync("/webinars"), StringComparison.Ordinal);
        Assert.DoesNotContain(webinar.Slug.Value, await _site.Client.GetStringAsync("/calendar.ics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmation_WhoseWebinarWasCancelledBeforeItWasSent_IsSkipped()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.AdvanceAsync(webinar);
        await _site.CancelWebinarAsync(webinar);

        await _site.PumpAsync();

        Assert.Empty(_site.MailsTo(anna));
        Assert.Equal("The webinar has been cancelled.", Assert.Single(await _site.DeliveriesAsync(anna)).Reason);
    }
}
