using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Home;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.Privacy;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Joining;
using CitizenFocus.Functions.Webinars.Series;
using CitizenFocus.Functions.Webinars.Surveys;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Home;

/// <summary>Every page of the site, with markup wherever somebody can write something; each is held against the rules of the house on the way.</summary>
public sealed class EveryPageTests
{
    private const string Markup = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;";

    private static readonly LocalDate Day = new(2026, 12, 8);

    private static readonly Webinar Webinar = new()
    {
        Slug = WebinarSlug.Parse("talk"),
        Title = Markup,
        Summary = Markup,
        Text = Markup,
        Place = Markup,
        Status = WebinarStatus.Published,
        Start = Day.At(new LocalTime(14, 0)),
        Zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"],
        Duration = Duration.FromMinutes(90),
        Capacity = 25,
        Recording = new Uri("https://video.example/1"),
        FurtherSessions = [new(Day.PlusDays(7).At(new LocalTime(14, 0)), Duration.FromMinutes(90))],
        Questions =
        [
            new() { Id = "text", Text = Markup, Kind = QuestionKind.Text },
            new() { Id = "choice", Text = Markup, Kind = QuestionKind.Choice, Options = [Markup, "B"] },
            new() { Id = "choices", Text = Markup, Kind = QuestionKind.Choices, Options = [Markup, "B"], IsRequired = true },
            new() { Id = "yes-no", Text = Markup, Kind = QuestionKind.YesNo, IsRequired = true },
        ],
        Speakers = [new(Markup, Markup)],
        Languages = ["en", Markup],
    };

    private static readonly AnswersModel Answers = new(Webinar.Questions.ToDictionary(question => question.Id, _ => (IReadOnlyList<string>)[Markup]));

    private static readonly DocumentView Document = new() { Id = "handbook", Title = Markup, Kind = Markup, Summary = Markup, Text = Markup, Year = 2015, File = new(Markup, 1_000, Markup) };

    private static readonly CommitmentView Commitment = new() { Id = "one", Title = Markup, Summary = Markup, Text = Markup, Where = Markup, Author = Markup, Submitted = Day, Topics = [Markup], Links = [new("https://city.example/a?b=%22%3E")] };

    private static readonly NewsItemView Item = new() { Id = "one", Title = Markup, Summary = Markup, Text = Markup, Author = Markup, Published = Day };

    private static readonly WebinarSeries Series = new() { Slug = "air", Title = Markup, Summary = Markup };

    private static readonly RegistrationFormModel Form = new()
    {
        FormToken = Markup,
        Name = Markup,
        Email = Markup,
        Organisation = Markup,
        Country = Markup,
        Language = Markup,
        TimeZone = Markup,
        Answers = Answers,
        Errors = Errors("name", "email", "organisation", "answers.text", "answers.choice", "answers.choices", "answers.yes-no", "country", "language", "timeZone", "consent"),
    };

    private static readonly DetailsFormModel Details = new() { Name = Markup, Organisation = Markup, Answers = Answers, Errors = Errors("name", "organisation", "answers.text", "answers.choices") };

    private static readonly WishView Wish = new([Markup], Markup, DigestCadence.Monthly);

    private static readonly IssueView Issue = new() { Name = "2026-W48", Title = Markup, MadeOn = Day, Count = 2, Opening = Markup };

    private static readonly Dictionary<string, Func<Task<IHtmlDocument>>> Pages = new()
    {
        ["home"] = () => Render.PageAsync<HomePage>(("Model", new HomePageModel { Upcoming = [Webinar, Webinar], NextIsOpen = true, Past = [Webinar], Featured = Document, Commitments = [Commitment], News = [Item] })),
        ["webinars"] = () => Render.PageAsync<WebinarListPage>(("Model", new WebinarListModel { Upcoming = [Webinar], Past = [Webinar with { DateOnly = true }] })),
        ["webinar"] = () => Render.PageAsync<WebinarPage>(("Model", new WebinarPageModel
        {
            Webinar = Webinar,
            Now = default,
            SeatsLeft = 3,
            Materials = [new(Markup, Markup)],
            Registration = Form,
            ConfirmationRequest = new() { FormToken = Markup, Email = Markup, Errors = Errors("email") },
            Refusal = Markup,
        })),
        ["received"] = () => Render.PageAsync<RegistrationReceivedPage>(("Webinar", Webinar)),
        ["sent"] = () => Render.PageAsync<ConfirmationSentPage>(("Webinar", Webinar)),
        ["registration"] = () => Render.PageAsync<RegistrationPage>(("Model", new RegistrationPageModel { Webinar = Webinar, State = RegistrationPageState.Confirmed, Token = Markup, Details = Details })),
        ["join"] = () => Render.PageAsync<JoinPage>(("Model", new JoinPageModel
        {
            Webinar = Webinar,
            State = JoinPageState.Open,
            Session = Webinar.Sessions[0],
            Now = Webinar.StartInstant - Duration.FromMinutes(5),
            Token = Markup,
            Materials = [new(Markup, Markup, Markup)],
        })),
        ["wrong join link"] = () => Render.PageAsync<WrongJoinLinkPage>(("Model", new WrongJoinLinkPageModel { Webinar = Webinar, Resend = new() { FormToken = Markup } })),
        ["survey"] = () => Render.PageAsync<SurveyPage>(("Model", new SurveyPageModel
        {
            Webinar = Webinar,
            State = SurveyPageState.Open,
            Token = Markup,
            HasAnswered = true,
            Form = new() { Useful = Markup, Comment = Markup, Again = Markup, Errors = Errors("useful", "comment", "again", "showName") },
        })),
        ["survey thanks"] = () => Render.PageAsync<SurveyThanksPage>(("Webinar", Webinar), ("Token", Markup)),
        ["invitation"] = () => Render.PageAsync<InvitationPage>(("Model", new InvitationPageModel
        {
            Webinar = Webinar with { Questions = [.. Enum.GetValues<QuestionKind>().Select(kind => new Question { Id = $"q{(int)kind}", Text = Markup, Kind = kind, IsRequired = true, Options = [Markup, "b"] })] },
            State = InvitationPageState.Open,
            Token = Markup,
            Email = Markup,
            Name = Markup,
            Answers = new(new Dictionary<string, IReadOnlyList<string>> { ["q0"] = [Markup] }),
            Errors = Errors("name", "answers.q0", "answers.q1", "answers.q2", "answers.q3"),
        })),
        ["invitation accepted"] = () => Render.PageAsync<InvitationPage>(("Model", new InvitationPageModel { Webinar = Webinar, State = InvitationPageState.Accepted, Token = Markup, Email = Markup })),
        ["invitation left"] = () => Render.PageAsync<InvitationUnsubscribedPage>(("Webinar", Webinar), ("Token", Markup)),
        ["invitation asked for"] = () => Render.PageAsync<InvitationRequestedPage>(("Webinar", Webinar)),
        ["ask for an invitation"] = () => Render.PageAsync<InvitationRequestPage>(("Webinar", Webinar), ("FormToken", Markup), ("Email", Markup), ("Errors", Errors("email"))),
        ["series"] = () => Render.PageAsync<SeriesPage>(("Model", new SeriesPageModel { Series = Series, Upcoming = [Webinar], Past = [Webinar], FormToken = Markup, Email = Markup, Errors = Errors("email") })),
        ["follow"] = () => Render.PageAsync<FollowRequestedPage>(("Series", Series)),
        ["confirm"] = () => Render.PageAsync<FollowConfirmationPage>(("Series", Series), ("Token", Markup)),
        ["library"] = () => Render.PageAsync<LibraryPage>(("Documents", new[] { Document })),
        ["document"] = () => Render.PageAsync<DocumentPage>(("Document", Document)),
        ["commitments"] = () => Render.PageAsync<CommitmentListPage>(("Model", new CommitmentListModel
        {
            Filter = new() { Topic = Markup, Country = Markup, Words = Markup },
            Topics = [new(null, [new(Markup, Markup)])],
            Count = 1,
            Commitments = [Commitment],
            OlderHref = Markup,
        })),
        ["commitment"] = () => Render.PageAsync<CommitmentPage>(("Commitment", Commitment)),
        ["propose"] = () => Render.PageAsync<ProposalPage>(("Model", new ProposalFormModel
        {
            FormToken = Markup,
            Title = Markup,
            Summary = Markup,
            Text = Markup,
            Organisation = Markup,
            City = Markup,
            Country = Markup,
            Topics = Markup,
            Name = Markup,
            Email = Markup,
            Errors = Errors("title", "summary", "text", "organisation", "city", "country", "topics", "name", "email", "consent"),
        })),
        ["proposed"] = () => Render.PageAsync<ProposalReceivedPage>(),
        ["news"] = () => Render.PageAsync<NewsListPage>(("Model", new NewsListModel { Items = [Item], NewerHref = Markup })),
        ["news item"] = () => Render.PageAsync<NewsItemPage>(("Item", Item)),
        ["digest"] = () => Render.PageAsync<DigestPage>(("Model", new DigestPageModel
        {
            Topics = [new(Markup, Markup)],
            Issues = [Issue],
            FormToken = Markup,
            Email = Markup,
            Wish = new() { Topics = [Markup], Language = Markup },
            Errors = Errors("email", "topics", "language", "cadence"),
        })),
        ["digest asked for"] = () => Render.PageAsync<SubscriptionAskedPage>(),
        ["digest confirmation"] = () => Render.PageAsync<ConfirmationPage>(("Token", Markup), ("Wish", Wish)),
        ["digest preferences"] = () => Render.PageAsync<PreferencesPage>(("Model", new PreferencesModel
        {
            Token = Markup,
            UnsubscriptionToken = Markup,
            Topics = [new(Markup, Markup)],
            Wish = Wish,
            IsSaved = true,
            Errors = Errors("topics", "language", "cadence"),
        })),
        ["digest left"] = () => Render.PageAsync<UnsubscriptionPage>(("Token", Markup), ("IsDone", true), ("CanUndo", true)),
        ["digest issue"] = () => Render.PageAsync<IssuePage>(("Issue", Issue), ("Commitments", new[] { Commitment })),
        ["privacy"] = () => Render.PageAsync<PrivacyPage>(),
        ["error"] = () => Render.PageAsync<ErrorPage>(("Status", 404), ("Title", Markup), ("Text", Markup), ("TraceId", Markup)),
    };

    public static TheoryData<string> Names => [.. Pages.Keys];

    /// <summary>All but those that say the same to everybody.</summary>
    public static TheoryData<string> NamesOfThoseWithFields => [.. Pages.Keys.Except(["privacy", "proposed", "digest asked for", "digest left"])];

    [Theory]
    [MemberData(nameof(NamesOfThoseWithFields))]
    public async Task Page_MarkupInEveryField_ShowsItAsText(string name)
    {
        var page = await Pages[name]();

        // Data blocks run nothing, and must stay whole: JSON from end to end, without a character that could end the element.
        Assert.All(page.QuerySelectorAll("script").Where(script => script.TextContent.Length > 0), script =>
        {
            Assert.Equal("application/ld+json", script.GetAttribute("type"));
            Assert.DoesNotContain('<', script.TextContent);
            Assert.Equal(Markup, (string?)System.Text.Json.Nodes.JsonNode.Parse(script.TextContent)!["name"]);
        });
        Assert.Empty(page.QuerySelectorAll("[onerror], img"));
        Assert.Contains("<script>alert(1)</script>", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_Outline_LeavesNoLevelOut(string name)
    {
        var levels = (await Pages[name]()).QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName[1] - '0').ToList();

        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, string.Join(' ', levels)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_LinkToAnotherSite_KeepsTheWindowToItself(string name) =>
        Assert.All((await Pages[name]()).QuerySelectorAll("main a[href^=http]"), link => Assert.Equal("noopener", link.GetAttribute("rel")));

    [Fact]
    public void Pages_OfTheSite_AreAllHere()
    {
        // The organisers' previews of e-mails have tests of their own.
        var components = typeof(Layout).Assembly.GetTypes().Count(type => type.Name.EndsWith("Page", StringComparison.Ordinal)
            && typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type)
            && type.Namespace?.EndsWith(".Email.Previews", StringComparison.Ordinal) != true);

        Assert.Equal(components, Pages.Keys.Except(["invitation accepted"]).Count());
    }

    private static ValidationErrors Errors(params string[] fields)
    {
        var errors = new ValidationErrors();
        foreach (var field in fields) errors.Add(field, Markup);
        return errors;
    }
}
