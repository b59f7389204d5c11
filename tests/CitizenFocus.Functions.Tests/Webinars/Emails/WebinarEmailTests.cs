using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Components;
using CitizenFocus.Functions.Languages;
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

    private static readonly Uri SurveyUrl = new("https://citizen-focus.example/surveys/s-token");

    private static readonly DocumentLink[] Materials = [new("Handbook <2026>", new("https://citizen-focus.example/library/handbook"))];

    private static readonly EmailLogo Logo = new(new("https://citizen-focus.example/assets/logo.png"), "Citizen Focus");

    public static TheoryData<string> Emails =>
    [
        "confirmation", "waiting", "promoted", "cancelled", "called off", "closed", "pending", "declined", "offer", "lapsed", "changed", "reminder", "thank you", "sorry",
    ];

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

    [Fact]
    public async Task Confirmation_OfSeveralSessions_ListsThemAllInBothZones()
    {
        var webinar = AWebinar with { FurtherSessions = [new(new(2027, 4, 6, 10, 0), NodaTime.Duration.FromHours(1))] };

        var mail = await RenderAsync<ConfirmationEmail>(webinar, "Eleni", NodaTime.DateTimeZoneProviders.Tzdb["Europe/Athens"]);

        var text = Unwrapped(mail);
        Assert.Contains("Session 1: Sunday 6 December 2026, 15:00–16:30 (Europe/Brussels, UTC+01:00) · 14:00–15:30 UTC Your time: Sunday 6 December 2026, 16:00–17:30", text, StringComparison.Ordinal);
        Assert.Contains("Session 2: Tuesday 6 April 2027, 10:00–11:00 (Europe/Brussels, UTC+02:00) · 08:00–09:00 UTC Your time: Tuesday 6 April 2027, 11:00–12:00", text, StringComparison.Ordinal);
        Assert.Contains("a reminder before each session", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_OfASeat_SaysUntilWhenInTheWebinarsZoneAndInUtc()
    {
        var mail = await RenderAsync("offer", AWebinar, "Anna");

        Assert.Contains("until: Tuesday 1 December 2026, 10:30 (Europe/Brussels, UTC+01:00) · 09:30 UTC ", Unwrapped(mail), StringComparison.Ordinal);
        Assert.Contains("10:30 (Europe/Brussels, UTC+01:00) · 09:30 UTC", Parse(mail).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_OfSomeThings_ShowsOldBesideNewOfThoseOnly()
    {
        var mail = await RenderAsync("changed", AWebinar, "Anna");

        Assert.Contains("\nWhat, until now: Cities first\nWhat, from now on: Citizens first\nWhen, until now: Saturday 5 December 2026, 15:00–16:30", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nWhen, from now on: Sunday 6 December 2026, 15:00–16:30", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Where, until now", mail.Text, StringComparison.Ordinal);
        var terms = Parse(mail).QuerySelectorAll("dt").Select(term => term.TextContent);
        Assert.Equal(["What, until now", "What, from now on", "When, until now", "When, from now on", "What", "When", "Where"], terms);
    }

    [Fact]
    public async Task Changed_WhereTheOldIsNotKnown_ShowsTheNewAlone() =>
        Assert.DoesNotContain("until now", (await RenderAsync<ChangedEmail>(AWebinar, "Anna")).Text, StringComparison.Ordinal);

    [Fact]
    public void FaceChange_OfSessions_NamesThoseThatMovedCameAndWent()
    {
        SessionTime second = new(new(2026, 12, 13, 15, 0), NodaTime.Duration.FromHours(1)), third = new(new(2026, 12, 20, 15, 0), NodaTime.Duration.FromHours(1));
        var before = AWebinar with { FurtherSessions = [second, third] };

        var moved = FaceChange.Between(before, AWebinar with { FurtherSessions = [second with { Duration = NodaTime.Duration.FromHours(2) }], Place = "Rue de la Loi 1" }, Texts.English);

        Assert.Equal(["Session 2", "Session 3", "Where"], moved.Select(change => change.Label));
        Assert.Equal(("Online", "Rue de la Loi 1"), (moved[2].Before, moved[2].Now));
        Assert.Null(moved[1].Now);
        Assert.Empty(FaceChange.Between(before, before with { Room = null, Summary = "Other words." }, Texts.English));
    }

    [Fact]
    public async Task Reminder_OfASession_SaysWhenAndNeverInHowLong()
    {
        var webinar = AWebinar with { FurtherSessions = [new(new(2026, 12, 13, 15, 0), NodaTime.Duration.FromHours(1))] };

        var mail = await RenderAsync<ReminderEmail>(webinar, "Anna", null, (nameof(ReminderEmail.Session), webinar.Sessions[1]));

        Assert.Contains("It begins on Sunday 13 December 2026, 15:00 (Europe/Brussels, UTC+01:00) · 14:00 UTC.", Unwrapped(mail), StringComparison.Ordinal);
        Assert.DoesNotContain("Sunday 6 December", Unwrapped(mail), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)in (an|one|24) hour|tomorrow", mail.Text);
        Assert.Contains(JoinUrl.AbsoluteUri, mail.Text, StringComparison.Ordinal);
        Assert.Contains(RegistrationUrl.AbsoluteUri, mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thank you", true)]
    [InlineData("sorry", false)]
    public async Task FollowUp_ToEach_HasRecordingAndMaterialsAndTheSurveyOnlyForWhoCame(string kind, bool survey)
    {
        Uri recording = new("https://video.example/watch");

        var mail = await RenderAsync(kind, AWebinar with { Recording = recording }, "Anna");
        var without = await RenderAsync(kind, AWebinar, "Anna");

        Assert.Contains($"\n{recording}\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nHandbook <2026>:\nhttps://citizen-focus.example/library/handbook\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal("Handbook <2026>", Parse(mail).QuerySelector("li a")!.TextContent);
        Assert.Equal(survey, mail.Text.Contains(SurveyUrl.AbsoluteUri, StringComparison.Ordinal));
        Assert.DoesNotContain("ecording", without.Text + without.Html, StringComparison.Ordinal);
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
        Assert.Empty(document.QuerySelectorAll("script, link, iframe, table, form, [background]"));
        var logo = Assert.Single(document.QuerySelectorAll("[src]"));
        Assert.Equal(("img", Logo.Image.AbsoluteUri, "32", "32", ""), (logo.LocalName, logo.GetAttribute("src"), logo.GetAttribute("width"), logo.GetAttribute("height"), logo.GetAttribute("alt")));
        Assert.Contains(Logo.Name, logo.ParentElement!.TextContent, StringComparison.Ordinal);
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
        "called off" => RenderAsync<CalledOffEmail>(webinar, name),
        "closed" => RenderAsync<ClosedEmail>(webinar, name),
        "pending" => RenderAsync<PendingEmail>(webinar, name),
        "declined" => RenderAsync<DeclinedEmail>(webinar, name),
        "lapsed" => RenderAsync<LapsedEmail>(webinar, name),
        "offer" => RenderAsync<OfferEmail>(webinar, name, null, (nameof(OfferEmail.Until), NodaTime.Instant.FromUtc(2026, 12, 1, 9, 30))),
        "changed" => RenderAsync<ChangedEmail>(webinar, name, null, (nameof(ChangedEmail.Before), webinar with { Title = "Cities first", Start = new(2026, 12, 5, 15, 0) })),
        "reminder" => RenderAsync<ReminderEmail>(webinar, name, null, (nameof(ReminderEmail.Session), webinar.Sessions[0])),
        "thank you" => RenderAsync<ThankYouEmail>(webinar, name, null, (nameof(ThankYouEmail.Materials), Materials), (nameof(ThankYouEmail.SurveyUrl), SurveyUrl)),
        "sorry" => RenderAsync<SorryToHaveMissedYouEmail>(webinar, name, null, (nameof(SorryToHaveMissedYouEmail.Materials), Materials)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Task<RenderedEmail> RenderAsync<TEmail>(
        Webinar webinar, string name, NodaTime.DateTimeZone? timeZone = null, params (string Name, object Value)[] more)
        where TEmail : IComponent
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(WebinarEmail.Webinar)] = webinar,
            [nameof(WebinarEmail.Name)] = name,
            [nameof(WebinarEmail.RegistrationUrl)] = RegistrationUrl,
            [nameof(WebinarEmail.JoinUrl)] = JoinUrl,
            [nameof(WebinarEmail.WebinarUrl)] = WebinarUrl,
            [nameof(WebinarEmail.WillRemind)] = true,
            [nameof(WebinarEmail.TimeZone)] = timeZone,
        };
        foreach (var (key, value) in more) parameters[key] = value;
        return new EmailRenderer(new ServiceCollection().AddSingleton(Logo).BuildServiceProvider(), NullLoggerFactory.Instance).RenderAsync<TEmail>(parameters);
    }

    private static string Unwrapped(RenderedEmail mail) => mail.Text.ReplaceLineEndings(" ");

    private static IHtmlDocument Parse(RenderedEmail mail) => new HtmlParser().ParseDocument(mail.Html);
}
