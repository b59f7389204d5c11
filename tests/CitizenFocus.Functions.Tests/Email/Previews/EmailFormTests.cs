using System.Text.Json;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.Tests.Support;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Previews;

/// <summary>The form of every e-mail of every feature, whatever people typed into it, as others' parsers see it.</summary>
public sealed class EmailFormTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    /// <summary>What people type who mean harm, or only have a long name.</summary>
    private static readonly string[] Typed =
    [
        "O’Neill, \"Ann\" <b>; x@example.org",
        "Anna\r\nBcc: victim@example.org\r\n\r\nHello",
        new string('a', 998),
        string.Join(' ', Enumerable.Repeat("Donaudampfschifffahrtsgesellschaft", 40)),
        "👩‍👩‍👧‍👦 Élodie 漢字 e\u0301",
        "\u202eمرحبا بالعالم\u202c שלום",
        "=?utf-8?q?=0D=0ABcc:_x?= &lt;script&gt; </title><script>alert(1)</script>",
        ".\r\n.\r\n",
    ];

    private readonly EmailCatalogue _catalogue = fixture.Site.Services.GetRequiredService<EmailCatalogue>();

    private readonly EmailOptions _options = fixture.Site.Services.GetRequiredService<EmailOptions>();

    private static IEnumerable<SampleWords> AllWords =>
        [new(), new() { Language = "el" }, .. Typed.Select(typed => new SampleWords { Name = typed, Title = typed, Summary = typed, Place = typed, Document = typed })];

    /// <summary>Digests are composed for many at once, and so by no composer.</summary>
    [Fact]
    public void Kinds_OfAllComposers_EachHaveASample() => Assert.Equal(
        fixture.Site.Services.GetServices<IEmailComposer>().SelectMany(composer => composer.Kinds).Append(IssueKey.Kind).Order(StringComparer.Ordinal),
        _catalogue.All.Select(sample => sample.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Html_OfEveryKindWhateverWasTyped_IsValid()
    {
        var mails = await ComposeAsync(AllWords);

        var found = JsonSerializer.Deserialize(
            await NodeTools.Email.RunAsync(JsonSerializer.Serialize([.. mails.Select(mail => mail.Message.Html)], PythonJson.Default.StringArray), "validate.mjs"),
            PythonJson.Default.StringArrayArray)!;

        Assert.Equal(mails.Count, found.Length);
        Assert.Empty(mails.Zip(found).SelectMany(each => each.Second.Select(fault => $"{each.First.Sample.Name}: {fault}")).Distinct());
    }

    [Fact]
    public async Task Validator_OfBrokenHtml_FindsIt()
    {
        var found = await NodeTools.Email.RunAsync("""["<!DOCTYPE html>\n<html lang=\"en\"><head><title>x</title></head><body><p><div>x</div></p><img src=\"x\"></body></html>"]""", "validate.mjs");

        Assert.Contains("close-order", found, StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task Mail_OfEveryKindWhateverWasTyped_HasNoDefectForPython()
    {
        var mails = await ComposeAsync(AllWords);

        var read = await PythonMail.ReadAsync(mails.Select(mail => MimeWriter.Write(mail.Message, _options)));

        foreach (var (mail, python) in mails.Select(mail => mail.Message).Zip(read))
        {
            Assert.Empty(python.Defects);
            Assert.Equal([mail.To.Value], python.To!);
            Assert.Equal(_options.From.Value, python.From);
            Assert.Equal(mail.Subject.Replace("=?", "= ?", StringComparison.Ordinal), python.Subject);
            Assert.Equal(mail.Text, python.Text);
            Assert.Equal(mail.Html.ReplaceLineEndings("\n"), python.Html);
            Assert.DoesNotContain("Bcc", python.Fields!);
            Assert.Equal(
                mail.Calendar is null ? ["multipart/alternative", "text/plain", "text/html"] : ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"],
                python.Types!);
        }
    }

    [PythonFact]
    public async Task Mail_OfAnyText_NeverHasADefectForPython()
    {
        var texts = Hostile.Text.Generator.Sample(200, 30).ToList();
        var mail = (await ComposeAsync([new()]))[0].Message;

        var read = await PythonMail.ReadAsync(texts.Select(text => MimeWriter.Write(mail with { Subject = text, ToName = text, Text = text, Html = text }, _options with { FromName = text })));

        Assert.Empty(texts.Zip(read).SelectMany(each => each.Second.Defects.Select(defect => $"{defect}: {string.Join(' ', each.First.Select(c => (int)c))}")));
        Assert.All(read, python => Assert.Equal([mail.To.Value], python.To!));
    }

    /// <summary>Both parts and the subject are in the reader's language, and say so.</summary>
    [Fact]
    public async Task Mail_OfEveryKind_IsInTheReadersLanguage()
    {
        var english = (await ComposeAsync([new()])).ToDictionary(mail => mail.Sample.Name, mail => mail.Message);
        foreach (var tag in Texts.Tags.Where(tag => tag != "en"))
        {
            var others = Texts.English.All.Values.SelectMany(forms => forms.Values).Where(text => text.Count(c => c == ' ') > 3 && !text.Contains('{', StringComparison.Ordinal)).ToList();
            foreach (var (sample, message) in await ComposeAsync([new SampleWords { Language = tag }]))
            {
                // A test of the digest goes to an organiser.
                if (sample.Kind == TestEmails.Kind) continue;
                Assert.Equal(tag, message.Language);
                Assert.Contains($"<html lang=\"{tag}\"", message.Html, StringComparison.Ordinal);
                Assert.NotEqual(english[sample.Name].Subject, message.Subject);
                Assert.DoesNotContain(others, text => message.Text.ReplaceLineEndings(" ").Contains(text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Preheader_OfEveryKind_FillsWhatAListShows()
    {
        foreach (var (sample, message) in await ComposeAsync([new()]))
        {
            var hidden = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(message.Html).Body!.FirstElementChild!;
            Assert.Contains("display:none", hidden.GetAttribute("style"), StringComparison.Ordinal);
            Assert.True(hidden.TextContent.Length >= 150 && hidden.TextContent[..20].All(c => c < '\u2000'), sample.Name);
        }
    }

    private async Task<IReadOnlyList<(EmailSample Sample, EmailMessage Message)>> ComposeAsync(IEnumerable<SampleWords> words)
    {
        var mails = new List<(EmailSample, EmailMessage)>();
        foreach (var sample in words.SelectMany(_catalogue.Of)) mails.Add((sample, await sample.ComposeAsync() with { Kind = sample.Kind }));
        return mails;
    }
}
