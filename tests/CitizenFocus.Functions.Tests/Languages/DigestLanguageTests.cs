using System.Net;
using CitizenFocus.Functions.Tests.Digests;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Languages;

/// <summary>An issue comes in the language that each subscriber chose.</summary>
public abstract class DigestLanguageTests : DigestTest
{
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

    private async Task SubscribeInAsync(string language, string address)
    {
        await AskInAsync(address, language);
        await PumpAsync();
        var mail = Sender.Taken.Last(sent => sent.To == address);
        Assert.Equal(language, mail.Email.Message.Language);
        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Client.PostAsync(mail.Path("/digest/confirm/"), null)).StatusCode);
    }

    /// <summary>With a provider that takes one at a time.</summary>
    public sealed class OneByOne : DigestLanguageTests;

    /// <summary>With one that takes many of the same in a call.</summary>
    public sealed class Many : DigestLanguageTests
    {
        private protected override DigestSender NewSender(TimeProvider clock) => new BulkDigestSender(clock);
    }
}
