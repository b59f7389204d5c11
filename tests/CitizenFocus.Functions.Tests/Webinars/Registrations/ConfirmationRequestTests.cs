using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

/// <summary>"Send me my confirmation again".</summary>
public sealed class ConfirmationRequestTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Asking_ThriceWithinAnHour_SendsItOnceMore()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        for (var n = 0; n < 3; n++) await AskAsync(webinar, anna);
        await _site.PumpAsync();
        Assert.Equal(2, _site.MailsTo(anna).Count);

        _site.Time.Advance(TimeSpan.FromHours(1));
        await AskAsync(webinar, anna);
        await _site.PumpAsync();

        Assert.Equal(3, _site.MailsTo(anna).Count);
        Assert.All(await _site.CalendarsToAsync(anna), calendar => Assert.Equal(("REQUEST", 0), (calendar.Method, calendar.Event.Sequence)));
    }

    [Fact]
    public async Task Asking_KnownOrNot_TheSameAnswerAndNoRowForStrangers()
    {
        var (webinar, anna, stranger) = (await _site.PublishAsync(), a.Address(), a.Address("stranger"));
        await _site.RegisterAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        var answers = new List<string>();
        foreach (var address in new[] { anna, stranger })
        {
            var form = await AskAsync(webinar, address);
            var json = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/confirmation-requests", new JsonObject { ["email"] = address });
            answers.Add($"{form.StatusCode} {form.Headers.Location} {json.StatusCode} {await json.Content.ReadAsStringAsync()}");
        }

        await _site.PumpAsync();
        Assert.Single(answers.Distinct());
        Assert.Empty(await _site.DeliveriesAsync(stranger));
        Assert.Empty(_site.MailsTo(stranger));
    }

    [Fact]
    public async Task Asking_WhereTheRegistrationOrTheWebinarIsCancelled_SendsNothing()
    {
        var (webinar, anna, bert) = (await _site.PublishAsync(), a.Address(), a.Address("bert"));
        await _site.RegisterAsync(webinar, anna);
        await _site.RegisterAsync(webinar, bert);
        await _site.SettleAsync(webinar);
        await _site.CancelAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        await _site.CancelWebinarAsync(webinar);

        await AskAsync(webinar, anna);
        await AskAsync(webinar, bert);
        await _site.PumpAsync();

        Assert.Equal((2, 1), (_site.MailsTo(anna).Count, _site.MailsTo(bert).Count));
    }

    [Fact]
    public async Task Asking_MalformedAddress_Is400WithTheErrorAtItsField()
    {
        var webinar = await _site.PublishAsync();
        var before = await _site.CountEverythingAsync();

        var response = await _site.PostFormAsync($"/webinars/{webinar.Slug}/confirmation-requests", ("email", "anna@"));
        var page = await Html.ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var field = page.QuerySelector("form[action$='confirmation-requests'] input[name=email]")!;
        Assert.Equal(("anna@", "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    private Task<HttpResponseMessage> AskAsync(Webinar webinar, string address) =>
        _site.PostFormAsync($"/webinars/{webinar.Slug}/confirmation-requests", ("email", address));
}
