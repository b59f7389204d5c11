using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Digests;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Series;

namespace CitizenFocus.Functions.Tests.Languages;

/// <summary>Who chose a language gets their e-mails in it; who did not, in the one that their browser asked for.</summary>
public abstract class EmailLanguageTests : DigestTest
{
    [Theory]
    [InlineData("fr", null, "fr", "Vous êtes inscrit")]
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

    /// <summary>Of one shard or not, of one call or not: an issue is written once for each language.</summary>
    [Fact]
    public async Task Digest_ToReadersOfSeveralLanguages_IsInEachOnes()
    {
        var readers = new[] { "fr", "de", "it", "es", "el", "en" }.SelectMany(language => new[] { (Language: language, Address: a.Address()), (Language: language, Address: a.Address()) }).ToList();
        foreach (var (language, address) in readers) await SubscribeInAsync(language, address);
        await PublishAsync("energy");
        await MondayAsync();
        await PumpAsync();

        foreach (var (language, address) in readers)
        {
            var mail = Assert.Single(DigestsTo(address)).Email.Message;
            Assert.Equal(language, mail.Language);
            Assert.Equal(language == "en", mail.Text.Contains("Read it in the browser", StringComparison.Ordinal));
            Assert.Contains($"<html lang=\"{language}\"", mail.Html, StringComparison.Ordinal);
        }
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

    private async Task SubscribeInAsync(string language, string address)
    {
        await AskInAsync(address, language);
        await PumpAsync();
        var mail = Sender.Taken.Last(sent => sent.To == address);
        Assert.Equal(language, mail.Email.Message.Language);
        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Client.PostAsync(mail.Path("/digest/confirm/"), null)).StatusCode);
    }

    private EmailMessage MailTo(string address, string kind) =>
        Sender.Taken.Single(sent => sent.To == address && sent.Key.StartsWith(kind + "|", StringComparison.Ordinal)).Email.Message;

    private Task<HttpResponseMessage> PostAsync(string path, string? acceptLanguage, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (acceptLanguage is not null) request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        return Site.Client.SendAsync(request);
    }

    /// <summary>With a provider that takes one at a time.</summary>
    public sealed class OneByOne : EmailLanguageTests;

    /// <summary>With one that takes many of the same in a call.</summary>
    public sealed class Many : EmailLanguageTests
    {
        private protected override DigestSender NewSender(TimeProvider clock) => new BulkDigestSender(clock);
    }
}
