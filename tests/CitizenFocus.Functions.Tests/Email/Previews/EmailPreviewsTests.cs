using System.Net;
using System.Net.Http.Headers;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Previews;

/// <summary>The pages by which organisers see what the site sends.</summary>
public sealed class EmailPreviewsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly HttpClient _client = fixture.Site.Client;

    [Fact]
    public async Task List_OfEMails_LeadsToAPageOfEach()
    {
        var list = await Html.ReadAsync(await _client.GetAsync("/organise/emails"));
        var pages = list.QuerySelectorAll("main li a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal(fixture.Site.Services.GetRequiredService<EmailCatalogue>().All.Select(sample => $"/organise/emails/{sample.Name}"), pages);
        Assert.Equal(pages.Count, pages.Distinct().Count());
        foreach (var page in pages)
        {
            var preview = await Html.ReadAsync(await _client.GetAsync(page));
            Assert.Equal($"{page}/html?language=en", preview.QuerySelector("iframe")!.GetAttribute("src"));
            Assert.Contains("You get this e-mail because", preview.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
            var fields = preview.QuerySelectorAll("dt").Select(term => term.TextContent).ToList();
            Assert.Superset(new HashSet<string> { "From", "To", "Subject", "Message-ID", "Auto-Submitted", "Feedback-ID" }, fields.ToHashSet());
        }
    }

    [Fact]
    public async Task Preview_OfAConfirmation_ShowsItInAFrameThatDoesNothing()
    {
        var page = await _client.GetAsync("/organise/emails/confirmation");
        var frame = await _client.GetAsync("/organise/emails/confirmation/html");

        var preview = await Html.ReadAsync(page);
        Assert.Equal("", preview.QuerySelector("iframe")!.GetAttribute("sandbox"));
        Assert.Contains("invite.ics", preview.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("frame-src 'self'", Policy(page), StringComparison.Ordinal);
        Assert.Contains("Your seat is kept", await frame.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            $"default-src 'none'; style-src 'unsafe-inline'; img-src {Site.BaseUrl.TrimEnd('/')}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox",
            Policy(frame));
        Assert.All([page, frame], response => Assert.True(response.Headers.CacheControl!.NoStore));
    }

    [Fact]
    public async Task Preview_InALanguage_LeadsToAllOthers()
    {
        var preview = await Html.ReadAsync(await _client.GetAsync("/organise/emails/confirmation?language=fr"));

        Assert.Contains("Votre place", preview.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("fr", preview.QuerySelector("nav [aria-current=true]")!.GetAttribute("lang"));
        var others = preview.QuerySelectorAll("nav[aria-label=Languages] a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Contains("/organise/emails/confirmation?language=el", others);
        Assert.Contains("lang=\"fr\"", await _client.GetStringAsync(preview.QuerySelector("iframe")!.GetAttribute("src")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logo_OfAnEMail_IsServed()
    {
        var html = await _client.GetStringAsync("/organise/emails/confirmation/html");
        var logo = new Uri(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("img")!.GetAttribute("src")!);

        Assert.StartsWith(Site.BaseUrl, logo.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("image/png", (await _client.GetAsync(logo.AbsolutePath)).Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/organise/emails/nothing")]
    [InlineData("/organise/emails/nothing/html")]
    public async Task Preview_OfNothing_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("/test")]
    [InlineData("/test/html")]
    public async Task Previews_InProduction_AreForOrganisers(string path)
    {
        await using var host = await StartInProductionAsync();

        var stranger = await host.Client.GetAsync("/organise/emails" + path);
        var wrong = await GetAsync(host, path, Site.ApiToken + "x");
        var organiser = await GetAsync(host, path, Site.ApiToken);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (stranger.StatusCode, wrong.StatusCode, organiser.StatusCode));
        Assert.Equal("Bearer", stranger.Headers.WwwAuthenticate.Single().Scheme);
        Assert.DoesNotContain("anna", await stranger.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private static Task<HttpResponseMessage> GetAsync(WebHost host, string path, string token) => host.Client.SendAsync(
        new(HttpMethod.Get, "/organise/emails" + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } });

    /// <summary>As in Azure: a storage account of one's own, which these pages never ask.</summary>
    private static Task<WebHost> StartInProductionAsync() => WebHost.StartAsync(EmailPreviews.Map, builder =>
    {
        builder.Configuration["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=https;AccountName=production;AccountKey={a.Key(3)};EndpointSuffix=core.windows.net";
        builder.Configuration["Site:BaseUrl"] = Site.BaseUrl;
        builder.Configuration["Api:Token"] = Site.ApiToken;
        builder.Services.AddSingleton(new EmailOptions { From = EmailAddress.Parse("webinars@focus.example") });
        builder.Services.AddSingleton<IEmailSamples, OneSample>();
        builder.Services.AddSingleton<EmailCatalogue>();
    });

    private static string Policy(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();

    private sealed class OneSample : IEmailSamples
    {
        public IEnumerable<EmailSample> Of(SampleWords words) =>
        [
            new("test", "test", "Never.", () => Task.FromResult(new EmailMessage
            {
                To = EmailAddress.Parse("anna@example.org"),
                Subject = "Test",
                Text = "Hello Anna",
                Html = "<!DOCTYPE html><html lang=\"en\"><head><title>Test</title></head><body><p>Hello Anna</p></body></html>",
                MessageId = "one@focus.example",
            })),
        ];
    }
}
