extern alias OfficialSendGrid;

using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.AzureClients.Tests.Blobs;
using OfficialClient = OfficialSendGrid::SendGrid.SendGridClient;
using OfficialMessage = OfficialSendGrid::SendGrid.Helpers.Mail.SendGridMessage;
using OfficialOptions = OfficialSendGrid::SendGrid.SendGridClientOptions;
using OfficialResponse = OfficialSendGrid::SendGrid.Response;

namespace CitizenFocus.AzureClients.Tests.SendGrid;

/// <summary>The official client's own calls are a second opinion.</summary>
public sealed class MailSendOfficialSdkTests
{
    private static SendGridMessage Full => new()
    {
        From = new("from@focus.example", "Citizen \"Focus\""),
        ReplyTo = new("reply@focus.example"),
        Subject = "Fünf <b> & \\ \u2028 \U0001f600",
        Personalizations =
        [
            new()
            {
                Tos = [new("one@recipient.example", "One"), new("two@recipient.example")],
                Subject = "Of its own",
                Headers = new() { ["List-Unsubscribe"] = "<https://focus.example/leave/1>" },
                Substitutions = new() { ["-leave-"] = "https://focus.example/leave/1" },
                CustomArgs = new() { ["person"] = "p1", ["key"] = "digest|2026-W45" },
            },
            new() { Tos = [new("three@recipient.example", "")] },
        ],
        Contents = [new("text/plain", "a\tb\r\n"), new("text/html", "<p>'a'</p>"), new("text/calendar; method=REQUEST", "BEGIN:VCALENDAR")],
        Attachments = [new() { Content = "QkVHSU4=", Type = "application/ics", Filename = "invite.ics", Disposition = "attachment" }],
        Headers = new() { ["Auto-Submitted"] = "auto-generated" },
        Categories = ["digest", "digest"],
        CustomArgs = new() { ["site"] = "a" },
        MailSettings = new() { SandboxMode = new() { Enable = true } },
        TrackingSettings = new() { ClickTracking = new() { Enable = false, EnableText = false }, OpenTracking = new() { Enable = false } },
    };

    private static SendGridMessage WithNothingInItsParts => new()
    {
        Subject = "",
        Personalizations = [new() { Tos = [], Headers = [] }],
        Contents = [],
        Attachments = [new()],
        Headers = [],
        Categories = [],
        MailSettings = new(),
        TrackingSettings = new() { ClickTracking = new() },
    };

    [Fact]
    public void Serialize_Message_IsTheOfficialJson() =>
        Assert.All([Full, WithNothingInItsParts, new()], ours => AssertSameJson(Twin(ours).Serialize(), ours.Serialize()));

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://api.eu.sendgrid.com", null)]
    [InlineData("http://127.0.0.1:8080/stand-in/", "v4")]
    public async Task SendEmailAsync_WithOptions_AsksWhatTheOfficialClientAsks(string? host, string? version)
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Accepted));
        using var http = new HttpClient(service);
        var (ours, official) = (new SendGridClientOptions { ApiKey = "SG.key" }, new OfficialOptions { ApiKey = "SG.key" });
        if (host is not null) official.Host = ours.Host = host;
        if (version is not null) official.Version = ours.Version = version;

        await new OfficialClient(http, official).SendEmailAsync(Twin(Full));
        await new SendGridClient(http, ours).SendEmailAsync(Full);

        AssertTwins(service.Requests);
    }

    [Fact]
    public async Task SendEmailAsync_WithoutAKey_AsksWhatTheOfficialClientAsks()
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        using var http = new HttpClient(service);

        var official = await new OfficialClient(http, new OfficialOptions()).SendEmailAsync(Twin(Full));
        var ours = await new SendGridClient(http, new SendGridClientOptions()).SendEmailAsync(Full);

        AssertTwins(service.Requests);
        Assert.Equal((official.StatusCode, official.IsSuccessStatusCode), (ours.StatusCode, ours.IsSuccessStatusCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void ApiKey_OfNothing_IsRefusedAsByTheOfficialOptions(string? key)
    {
        Assert.Throws<ArgumentNullException>(() => new OfficialOptions { ApiKey = key });
        Assert.Throws<ArgumentNullException>(() => new SendGridClientOptions { ApiKey = key });
    }

    [Fact]
    public void IsSuccessStatusCode_OfAnyStatus_IsTheOfficialOne()
    {
        using var answer = new HttpResponseMessage();
        for (var status = 100; status < 600; status++)
        {
            var official = new OfficialResponse((HttpStatusCode)status, answer.Content, answer.Headers);
            Assert.Equal(official.IsSuccessStatusCode, new SendGridResponse((HttpStatusCode)status, answer.Content, answer.Headers).IsSuccessStatusCode);
        }
    }

    private static OfficialMessage Twin(SendGridMessage ours) => (OfficialMessage)OfficialTwin.Of(ours, typeof(OfficialMessage))!;

    private static void AssertTwins(IReadOnlyList<StubHandler.Asked> calls)
    {
        Assert.Equal(2, calls.Count);
        Assert.Equal(HeadOf(calls[0]), HeadOf(calls[1]));
        AssertSameJson(calls[0].Body, calls[1].Body);
    }

    private static string HeadOf(StubHandler.Asked call) => string.Join(
        '\n', call.Method, call.Uri, call.Header("Authorization"), call.Header("Accept"), string.Join(',', call.ContentHeaders.Single(header => header.Key == "Content-Type").Value));

    /// <summary>The order of an object's members does not count.</summary>
    private static void AssertSameJson(string official, string ours) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(official), JsonNode.Parse(ours)), $"{official}\n{ours}");
}
