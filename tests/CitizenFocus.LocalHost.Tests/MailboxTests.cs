using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitizenFocus.LocalHost.Tests.Support;
using MimeKit;

namespace CitizenFocus.LocalHost.Tests;

public sealed class MailboxTests(StubHostFixture fixture) : IClassFixture<StubHostFixture>
{
    private const string Evil = "<script>alert(1)</script>\"'&";

    private readonly StubHost _host = fixture.Host;

    [Fact]
    public async Task List_OfTwo_IsNewestFirstAndEncodesMarkup()
    {
        Write("list-1.eml", "The first of the list", DateTime.UtcNow.AddDays(-2));
        Write("list-2.eml", Evil, DateTime.UtcNow.AddDays(-1));
        var page = await PageAsync("/_local/mailbox");

        var links = page.QuerySelectorAll("tbody a").Select(link => link.TextContent).ToList();
        Assert.InRange(links.IndexOf(Evil), 0, links.IndexOf("The first of the list") - 1);
        Assert.Contains(page.QuerySelectorAll("tbody td"), cell => cell.TextContent.Contains("<zoe@cities.example>"));
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Mail_WithMarkup_ShowsItAsTextAndFramesItsHtml()
    {
        Write("evil <1> & \"2\".eml", Evil);
        var list = JsonNode.Parse(await _host.GetAsync("/_local/mailbox.json"))!.AsArray();
        var summary = list.Single(mail => mail!["name"]!.GetValue<string>() == "evil <1> & \"2\".eml")!;
        var page = await PageAsync(summary["page"]!.GetValue<string>());

        Assert.Equal(Evil, page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("Text: " + Evil, page.QuerySelector("pre")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("script"));
        var frame = page.QuerySelector("iframe")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"));
        Assert.DoesNotContain("allow-same-origin", frame.GetAttribute("sandbox"));
        Assert.Contains("<p title=\"x\">Html: <script>alert(1)</script></p>", frame.GetAttribute("srcdoc"));
        Assert.Contains(page.QuerySelectorAll("th"), header => header.TextContent == "X-Odd");
    }

    [Fact]
    public async Task Parts_OfAMail_AreDownloadsByteForByte()
    {
        Write("parts.eml", "With parts");
        var page = await PageAsync("/_local/mailbox/parts.eml");
        var links = page.QuerySelectorAll("li a").Cast<IHtmlAnchorElement>().ToDictionary(link => link.TextContent, link => link.PathName);

        using var calendar = await _host.Client.GetAsync(links.Single(link => link.Key.EndsWith(".ics")).Value);
        Assert.Equal("text/calendar", calendar.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", calendar.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith("BEGIN:VCALENDAR", await calendar.Content.ReadAsStringAsync());

        using var attachment = await _host.Client.GetAsync(links["hånd\"bøk.pdf"]);
        Assert.Equal(new byte[] { 1, 2, 3, 0, 255 }, await attachment.Content.ReadAsByteArrayAsync());
        Assert.Equal("hånd\"bøk.pdf", attachment.Content.Headers.ContentDisposition?.FileNameStar);

        using var raw = await _host.Client.GetAsync(links["parts.eml"]);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_host.Mailbox, "parts.eml")), await raw.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/_local/mailbox/missing.eml")]
    [InlineData("/_local/mailbox/missing.eml/raw")]
    [InlineData("/_local/mailbox/..%2Ftimers.json/raw")]
    [InlineData("/_local/mailbox/%2E%2E%2Ftimers.json")]
    public async Task Mail_ThatIsNone_Is404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync(path)).StatusCode);

    [Fact]
    public async Task File_ThatIsNoMail_IsListedAllTheSame()
    {
        await File.WriteAllBytesAsync(Path.Combine(_host.Mailbox, "empty.eml"), []);
        Assert.Contains("empty.eml", await _host.GetAsync("/_local/mailbox"));
        Assert.Equal(HttpStatusCode.OK, (await _host.Client.GetAsync("/_local/mailbox/empty.eml")).StatusCode);
    }

    [Fact]
    public async Task Pages_OfTheMailbox_AllowNoScripts()
    {
        using var answer = await _host.Client.GetAsync("/_local/mailbox");
        Assert.StartsWith("default-src 'none';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    private async Task<IHtmlDocument> PageAsync(string path) => new HtmlParser().ParseDocument(await _host.GetAsync(path));

    private void Write(string name, string subject, DateTime? written = null)
    {
        var mail = new MimeMessage { Subject = subject };
        mail.From.Add(new MailboxAddress("Citizen Focus", "team@cities.example"));
        mail.To.Add(new MailboxAddress("Zoë <b>", "zoe@cities.example"));
        mail.Headers.Add("X-Odd", "<i>odd</i>");
        var body = new BodyBuilder
        {
            TextBody = "Text: " + Evil,
            HtmlBody = "<p title=\"x\">Html: <script>alert(1)</script></p>",
        };
        body.Attachments.Add("hånd\"bøk.pdf", new byte[] { 1, 2, 3, 0, 255 }, new ContentType("application", "pdf"));
        var whole = (Multipart)body.ToMessageBody();
        whole.Add(new TextPart("calendar") { Text = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" });
        mail.Body = whole;
        Directory.CreateDirectory(_host.Mailbox);
        var file = Path.Combine(_host.Mailbox, name);
        mail.WriteTo(file);
        if (written is { } time) File.SetLastWriteTimeUtc(file, time);
    }
}
