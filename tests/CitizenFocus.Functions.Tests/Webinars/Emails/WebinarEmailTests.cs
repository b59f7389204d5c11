using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Email;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Emails;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Emails;

public sealed class WebinarEmailTests
{
    private static readonly Uri RegistrationUrl = new("https://citizen-focus.example/registrations/r-token");
    private static readonly Uri WebinarUrl = new("https://citizen-focus.example/webinars/citizens-first");

    public static TheoryData<string> Emails => ["confirmation", "waiting", "promoted", "cancelled", "closed"];

    [Fact]
    public async Task Confirmation_OfASeat_SaysWhatWhenAndHow()
    {
        var mail = await RenderAsync<ConfirmationEmail>(AWebinar, "Anna");

        Assert.Equal("You are registered: Citizens first", mail.Subject);
        Assert.Contains("\nHello Anna,\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("What: Citizens first\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nWhen: Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) ·\n14:00–15:30 UTC\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{JoinUrl}\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{RegistrationUrl}\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal([JoinUrl.AbsoluteUri, RegistrationUrl.AbsoluteUri, WebinarUrl.AbsoluteUri], Parse(mail).Links.OfType<IHtmlAnchorElement>().Select(a => a.Href));
    }

    [Fact]
    public async Task Confirmation_OfSomebodyInAnotherZone_ShowsTheirTimeToo()
    {
        var mail = await RenderAsync<ConfirmationEmail>(AWebinar, "Eleni", NodaTime.DateTimeZoneProviders.Tzdb["Europe/Athens"]);

        Assert.Contains("\nYour time: Sunday 6 December 2026, 16:00–17:30 (Europe/Athens, UTC+02:00)\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmation_OfAMeetingInAPlace_ShowsThePlaceAndNoWayInOnline()
    {
        var mail = await RenderAsync<ConfirmationEmail>(AWebinar with { Place = "Rue de la Loi 1", Room = null }, "Anna");

        Assert.Contains("\nWhere: Rue de la Loi 1\n", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(JoinUrl.AbsoluteUri, mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_OfACancelledWebinar_SaysThatItWasCancelled()
    {
        Assert.Contains("cancelled by its organisers", (await RenderAsync<ClosedEmail>(AWebinar with { Status = WebinarStatus.Cancelled }, "")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("cancelled", (await RenderAsync<ClosedEmail>(AWebinar, "")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Emails))]
    public async Task Email_OfEachKind_KeepsTheRulesOfTheHouse(string kind)
    {
        var mail = await RenderAsync(kind, AWebinar, "Anna");

        var document = Parse(mail);
        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(mail.Subject, document.Title);
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Empty(document.QuerySelectorAll("img, script, link, iframe, table, form, [src], [background]"));
        Assert.DoesNotContain("url(", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(document.QuerySelectorAll("[id]").GroupBy(e => e.Id), g => g.Count() > 1);
        Assert.All(document.QuerySelectorAll("a"), a => Assert.False(string.IsNullOrWhiteSpace(a.TextContent)));
        Assert.Contains("You get this e-mail because", document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("You get this e-mail because", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("room.example", mail.Html + mail.Text, StringComparison.Ordinal);
        Assert.All(mail.Text.Split('\n'), line => Assert.True(line.Length <= 76 || Uri.IsWellFormedUriString(line, UriKind.Absolute)));
    }

    [Fact]
    public async Task Markup_TypedByAPerson_IsShownAsItWasTypedInBothParts()
    {
        const string Typed = "<b>&amp; &lt;i> </block><url>&#10;";

        var mail = await RenderAsync<ConfirmationEmail>(AWebinar with { Title = Typed }, "Anna <b>");

        Assert.Equal("You are registered: " + Typed, mail.Subject);
        Assert.Contains($"\nWhat: {Typed}\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nHello Anna <b>,\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(Typed, Parse(mail).QuerySelector("dd")!.TextContent);
    }

    [Fact]
    public async Task Markup_OfAnyText_NeverAddsAnElementOrALine()
    {
        var plain = Parse(await RenderAsync<ConfirmationEmail>(AWebinar, "A")).All.Length;

        Prop.ForAll(Hostile.Text, (Func<string, Task>)(async text =>
        {
            var mail = await RenderAsync<ConfirmationEmail>(AWebinar with { Title = text, Place = text }, text);

            Assert.Equal(plain, Parse(mail).All.Length);
            Assert.DoesNotContain(mail.Subject, char.IsControl);
            Assert.DoesNotContain(mail.Text.Replace("\n", "", StringComparison.Ordinal), char.IsControl);
            Assert.Equal(SingleLine.Of(mail.Subject), mail.Subject);
        })).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Anna", true)]
    [InlineData("J. P. O’Neill", true)]
    [InlineData("Dr. Maria", true)]
    [InlineData("  ", false)]
    [InlineData("You won, see evil.example", false)]
    [InlineData("https://evil", false)]
    [InlineData("anna@evil", false)]
    public async Task Greeting_OfAName_NeverRepeatsALink(string name, bool repeated) =>
        Assert.Contains(repeated ? $"\nHello {name},\n" : "\nHello,\n", (await RenderAsync<WaitingEmail>(AWebinar, name)).Text, StringComparison.Ordinal);

    private static Task<RenderedEmail> RenderAsync(string kind, Webinar webinar, string name) => kind switch
    {
        "confirmation" => RenderAsync<ConfirmationEmail>(webinar, name),
        "waiting" => RenderAsync<WaitingEmail>(webinar, name),
        "promoted" => RenderAsync<PromotedEmail>(webinar, name),
        "cancelled" => RenderAsync<CancelledEmail>(webinar, name),
        "closed" => RenderAsync<ClosedEmail>(webinar, name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Task<RenderedEmail> RenderAsync<TEmail>(Webinar webinar, string name, NodaTime.DateTimeZone? timeZone = null)
        where TEmail : IComponent =>
        new EmailRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance).RenderAsync<TEmail>(new Dictionary<string, object?>
        {
            [nameof(WebinarEmail.Webinar)] = webinar,
            [nameof(WebinarEmail.Name)] = name,
            [nameof(WebinarEmail.RegistrationUrl)] = RegistrationUrl,
            [nameof(WebinarEmail.JoinUrl)] = JoinUrl,
            [nameof(WebinarEmail.WebinarUrl)] = WebinarUrl,
            [nameof(WebinarEmail.TimeZone)] = timeZone,
        });

    private static IHtmlDocument Parse(RenderedEmail mail) => new HtmlParser().ParseDocument(mail.Html);
}
