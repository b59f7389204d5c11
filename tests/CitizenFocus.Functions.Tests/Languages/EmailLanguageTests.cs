using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Digests;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Series;

namespace CitizenFocus.Functions.Tests.Languages;

/// <summary>Who chose a language gets their e-mails in it; who did not, in the one that their browser asked for.</summary>
public sealed class EmailLanguageTests : DigestTest
{
    [Theory]
    [InlineData("fr", null, "fr", "Inscription confirmée")]
    [InlineData("", "el-GR,en;q=0.5", "el", "")]
    [InlineData("", "ja", "en", "You are registered: ")]
    [InlineData("nl", "fr", "en", "You are registered: ")]
    [InlineData("de", "fr", "de", "Sie sind angemeldet: ")]
    public async Task Registration_InALanguage_IsConfirmedInIt(string chosen, string? accepted, string language, string subject)
    {
        var (webinar, address) = (await Site.PublishAsync(), a.Address());
        await PostAsync($"/webinars/{webinar.Slug}/registrations", accepted, ("name", "Anna Ash"), ("email", address), ("consent", "on"), ("language", chosen));
        await Site.AdvanceAsync(webinar);
        await PumpAsync();

        var mail = MailTo(address, WebinarDeliveries.ConfirmationKind);
        Assert.Equal(language, mail.Language);
        Assert.StartsWith(subject, mail.Subject, StringComparison.Ordinal);
        if (language != "en") Assert.DoesNotContain("Thank you for registering", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follower_WhoseBrowserAsksForALanguage_IsWrittenToAndInvitedInIt()
    {
        await Site.SendJsonAsync(HttpMethod.Put, "/api/series/cities", """{"title":"Cities"}""", Site.AsOrganiser);
        var address = a.Address();
        await PostAsync("/series/cities/followers", "it", ("email", address));
        await PumpAsync();

        var mail = MailTo(address, SeriesDeliveries.FollowKind);
        Assert.Equal("it", mail.Language);
        Assert.DoesNotContain("when registration opens", mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Proposer_WhoseBrowserAsksForALanguage_HearsInIt()
    {
        var address = a.Address();
        var answer = await PostAsync("/commitments", "de-AT", Site.ProposalFields(address));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await PumpAsync();
        await Site.OrganisedAsync((await Site.ProposalOfAsync(address))!, "decline", """{"reason":"Please say where."}""");
        await PumpAsync();

        var mails = Sender.Taken.Where(sent => sent.To == address).Select(sent => sent.Email.Message).ToList();
        Assert.Equal(["de", "de"], mails.Select(mail => mail.Language));
        Assert.Contains("Please say where.", mails[1].Text, StringComparison.Ordinal);
    }

    private EmailMessage MailTo(string address, string kind) =>
        Sender.Taken.Single(sent => sent.To == address && sent.Key.StartsWith(kind + "|", StringComparison.Ordinal)).Email.Message;

    private Task<HttpResponseMessage> PostAsync(string path, string? acceptLanguage, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (acceptLanguage is not null) request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        return Site.Client.SendAsync(request);
    }
}
