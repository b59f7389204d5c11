using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

/// <summary>The organisers' own questions on the registration form.</summary>
public sealed class AnswersTests(SiteFixture fixture) : IClassFixture<SiteFixture>, IAsyncLifetime
{
    private readonly Site _site = fixture.Site;
    private readonly string _anna = a.Address();
    private Webinar _webinar = null!;

    private string Path => $"/webinars/{_webinar.Slug}/registrations";

    public async Task InitializeAsync() => _webinar = await _site.PublishAsync(w => w with
    {
        Questions =
        [
            new() { Id = "why", Text = "Why do you come?", Kind = QuestionKind.Text },
            new() { Id = "role", Text = "Who are you?", Kind = QuestionKind.Choice, Options = ["City", "Company", "Citizen"], IsRequired = true },
            new() { Id = "topics", Text = "What interests you?", Kind = QuestionKind.Choices, Options = ["Parks", "Traffic", "Housing"], IsRequired = true },
            new() { Id = "newcomer", Text = "Is it your first time?", Kind = QuestionKind.YesNo },
        ],
    });

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Form_WithQuestions_AsksThemInGroupsThatAreNamed()
    {
        var page = await Html.ReadAsync(await _site.Client.GetAsync($"/webinars/{_webinar.Slug}"));

        var form = page.QuerySelector($"form[action='{Path}']")!;
        Assert.Equal(
            ["name", "email", "organisation", "answers.why", "answers.role", "answers.topics", "answers.newcomer", "country", "language", "timeZone", "consent", "website", "form"],
            form.QuerySelectorAll("[name]").Select(control => control.GetAttribute("name")).Distinct());
        Assert.Equal(
            ["Who are you? (required)", "What interests you? (required)", "Is it your first time? (optional)"],
            form.QuerySelectorAll("fieldset > legend").Select(legend => legend.TextContent));
        Assert.Equal(["City", "Company", "Citizen"], Values(form, "answers.role"));
        Assert.Equal(["yes", "no", ""], Values(form, "answers.newcomer"));
        Assert.All(form.QuerySelectorAll("[name='answers.topics']"), box => Assert.Equal("checkbox", box.GetAttribute("type")));
        Assert.Equal("", form.QuerySelectorAll("fieldset [checked]").Single().GetAttribute("value"));
    }

    [Fact]
    public async Task Form_Answered_IsStored()
    {
        var response = await _site.PostFormAsync(
            Path,
            Filled(("answers.why", "  First\r\nsecond "), ("answers.role", "City"), ("answers.topics", "Housing"), ("answers.topics", "Parks"), ("answers.newcomer", ""), ("answers.other", "x")));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        await HoldsAsync("why: First\nsecond; role: City; topics: Parks, Housing");
    }

    [Fact]
    public async Task Json_Answered_IsStored()
    {
        var response = await _site.PostJsonAsync(Path, new JsonObject
        {
            ["name"] = "Anna Ash",
            ["email"] = _anna,
            ["consent"] = true,
            ["answers"] = new JsonObject { ["role"] = "City", ["topics"] = new JsonArray("Traffic"), ["newcomer"] = true },
        });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await HoldsAsync("role: City; topics: Traffic; newcomer: yes");
    }

    [Theory]
    [InlineData("why", "An\u0007na")]
    [InlineData("role", "")]
    [InlineData("role", "Robot")]
    [InlineData("topics", "")]
    [InlineData("topics", "Parks\u2028")]
    [InlineData("newcomer", "perhaps")]
    public async Task Form_OneAnswerWrong_Is400WithTheErrorAtThatQuestionAndKeepsTheRest(string question, string value)
    {
        var answers = new Dictionary<string, string> { ["why"] = "\nBecause", ["role"] = "Citizen", ["topics"] = "Traffic", ["newcomer"] = "no", [question] = value };

        var response = await _site.PostFormAsync(Path, Filled([.. answers.Select(answer => ("answers." + answer.Key, answer.Value))]));
        var page = await Html.ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var link = Assert.Single(page.QuerySelectorAll("[role=alert] a"));
        var control = page.GetElementById(link.GetAttribute("href")![1..])!;
        Assert.Equal(("answers." + question, "true"), (control.GetAttribute("name"), control.GetAttribute("aria-invalid")));
        var describes = (control.Closest("fieldset") ?? control).GetAttribute("aria-describedby")!;
        Assert.Contains(link.TextContent, page.GetElementById(describes)!.TextContent, StringComparison.Ordinal);

        if (question != "why") Assert.Equal("\nBecause", ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value.ReplaceLineEndings("\n"));
        answers.Remove(question);
        answers.Remove("why");
        Assert.Subset(page.QuerySelectorAll("fieldset [checked]").Select(box => box.GetAttribute("value")!).ToHashSet(), answers.Values.ToHashSet());
        Assert.Null(await _site.RegistrationAsync(_webinar, _anna));
    }

    [Fact]
    public async Task Text_OfAThousandCharacters_IsTakenAndOfOneMoreIsNot()
    {
        var most = new string('я', 999) + "\r\nя";

        var tooLong = await _site.PostFormAsync(Path, Filled(("answers.why", most + "я"), ("answers.role", "City"), ("answers.topics", "Parks")));
        var fits = await _site.PostFormAsync(Path, Filled(("answers.why", most[1..]), ("answers.role", "City"), ("answers.topics", "Parks")));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.SeeOther), (tooLong.StatusCode, fits.StatusCode));
        Assert.Equal(1_000, (await _site.RegistrationAsync(_webinar, _anna))!.Answers["why"][0].Length);
    }

    [Fact]
    public async Task Answers_MoreThanARowHolds_AreRefusedAtTheLongest()
    {
        var webinar = await _site.PublishAsync(w => w with
        {
            Questions = [.. Enumerable.Range(1, 6).Select(number => new Question { Id = $"q{number}", Text = "Why?", Kind = QuestionKind.Text })],
        });
        var answers = Enumerable.Range(1, 6).Select(number => ($"answers.q{number}", new string('я', number == 4 ? 1_000 : 950)));

        var response = await _site.PostFormAsync($"/webinars/{webinar.Slug}/registrations", Filled([.. answers]));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("#field-answers.q4", Assert.Single((await Html.ReadAsync(response)).QuerySelectorAll("[role=alert] a")).GetAttribute("href"));
    }

    private static IEnumerable<string?> Values(AngleSharp.Dom.IElement form, string name) =>
        form.QuerySelectorAll($"[name='{name}']").Select(control => control.GetAttribute("value"));

    private (string, string)[] Filled(params (string, string)[] answers) => [("name", "Anna Ash"), ("email", _anna), ("consent", "on"), .. answers];

    private async Task HoldsAsync(string expected) => Assert.Equal(
        expected,
        string.Join("; ", (await _site.RegistrationAsync(_webinar, _anna))!.Answers.Select(answer => $"{answer.Key}: {string.Join(", ", answer.Value)}")));
}
