using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Webinars.Invitations;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Support;

/// <content>Lists of people to invite.</content>
internal sealed partial class Site
{
    public Task<HttpResponseMessage> UploadAsync(Webinar webinar, byte[] content, string type = "text/csv") => Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/invitations")
    {
        Headers = { Authorization = new("Bearer", ApiToken) },
        Content = new ByteArrayContent(content) { Headers = { ContentType = new(type) } },
    });

    public Task<HttpResponseMessage> UploadAsync(Webinar webinar, string content, string type = "text/csv") => UploadAsync(webinar, Encoding.UTF8.GetBytes(content), type);

    /// <summary>Uploads a list, and holds that it was taken.</summary>
    /// <returns>The path of the list.</returns>
    public async Task<string> InviteAsync(Webinar webinar, string content, string type = "text/csv")
    {
        var response = await UploadAsync(webinar, content, type);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Advances a webinar's invitations; the announcement on the queue is not visible for a second.</summary>
    public async Task AdvanceInvitationsAsync(Webinar webinar)
    {
        var response = await InvokeAsync(AdvanceInvitations.FunctionName, Announcement(webinar));
        AssertDone(response, AdvanceInvitations.FunctionName);
    }

    /// <summary>Delivers all announcements of invitations that are visible.</summary>
    public Task<int> PumpInvitationsAsync() => PumpAsync(InvitationAnnouncements.QueueName, AdvanceInvitations.FunctionName, retry: false);

    /// <summary>Advances a webinar's invitations, and sends them.</summary>
    public async Task SettleInvitationsAsync(Webinar webinar)
    {
        await AdvanceInvitationsAsync(webinar);
        await PumpAsync();
    }

    /// <summary>A list with the rows of all its pages.</summary>
    public async Task<ListReport> ReportAsync(string path)
    {
        var (rows, report) = (new List<JsonNode>(), (JsonNode?)null);
        for (var next = path; next is not null; next = (string?)report["next"])
        {
            var response = await SendJsonAsync(HttpMethod.Get, next, headers: AsOrganiser);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            report = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            rows.AddRange(report["results"]!.AsArray().OfType<JsonNode>());
        }

        return new(
            (string)report!["state"]!,
            (int)report["done"]!,
            report["counts"]!.AsObject().Where(count => (int)count.Value! > 0).ToDictionary(count => count.Key, count => (int)count.Value!),
            [.. rows.Select(row => new ListReport.Row((int)row["line"]!, (string)row["address"]!, (string)row["outcome"]!, (string?)row["reason"]))]);
    }

    /// <summary>The path of somebody's invitation, as in the e-mails.</summary>
    public string InvitationPath(Webinar webinar, string address) =>
        "/invitations/" + Services.GetRequiredService<RegistrationTokens>().Issue(TokenPurpose.Invitation, webinar.Slug, PersonOf(address));

    public IReadOnlyList<string> InvitationsTo(string address) =>
        [.. MailsTo(address).Select(mail => mail.Subject ?? "").Where(subject => subject.StartsWith("You are invited", StringComparison.Ordinal))];
}
