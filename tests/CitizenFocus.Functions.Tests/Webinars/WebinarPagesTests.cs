using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars;

public sealed class WebinarPagesTests
{
    private static readonly Webinar Webinar = new()
    {
        Slug = WebinarSlug.Parse("talk"),
        Title = "Talk",
        Status = WebinarStatus.Published,
        Start = new(2026, 12, 8, 14, 0),
        Zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"],
        Duration = Duration.FromMinutes(90),
        Capacity = 25,
    };

    private static readonly Instant Before = Instant.FromUtc(2026, 12, 1, 0, 0);

    private static readonly WebinarPageModel Open = new() { Webinar = Webinar, Now = Before, SeatsLeft = 3, Registration = new() { FormToken = "t" }, ConfirmationRequest = new() { FormToken = "t" } };

    [Fact]
    public async Task Page_Open_HasTheFormWithTheNamesOfTheContract()
    {
        var page = await Render.PageAsync<WebinarPage>(("Model", Open));

        var form = page.QuerySelector("form[action='/webinars/talk/registrations']")!;
        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal(
            ["name", "email", "organisation", "country", "language", "timeZone", "consent", "website", "form"],
            form.QuerySelectorAll("[name]").Select(control => control.GetAttribute("name")));
        Assert.Equal(["name", "email", "consent"], form.QuerySelectorAll("[required]").Select(control => control.GetAttribute("name")));
        Assert.Equal(["name", "email", "organization", "country"], form.QuerySelectorAll("[autocomplete]:not([autocomplete=off])").Select(control => control.GetAttribute("autocomplete")));
        Assert.Contains("3 of 25 are free", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/webinars/talk/calendar.ics']"));
    }

    [Fact]
    public async Task Page_WithErrors_KeepsWhatWasTypedAndLinksEachErrorToItsField()
    {
        var typed = new Dictionary<string, StringValues> { ["name"] = "", ["email"] = "ana@", ["country"] = "PT", ["timeZone"] = "Mars/Base", ["consent"] = "on" };
        var errors = new ValidationErrors { { "name", "Give your name." }, { "email", "Give an address." }, { "timeZone", "Choose a zone." } };

        var page = await Render.PageAsync<WebinarPage>(("Model", Open with { Registration = RegistrationFormModel.From(typed, errors, "t") }));

        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal("ana@", page.GetElementById("field-email")!.GetAttribute("value"));
        Assert.Equal(["PT", "Mars/Base"], page.QuerySelectorAll("option[selected]").Select(option => option.GetAttribute("value")));
        Assert.True(page.GetElementById("field-consent")!.HasAttribute("checked"));
        Assert.True(page.QuerySelector("form details")!.HasAttribute("open"));
        foreach (var (link, error) in page.QuerySelectorAll("[role=alert] a").Zip(errors))
        {
            var field = page.GetElementById(link.GetAttribute("href")![1..])!;
            Assert.Equal(error.Message, link.TextContent);
            Assert.Equal(error.Field, field.GetAttribute("name"));
            Assert.Contains(error.Message, page.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Page_NoSeatLeft_SaysThatOneWaits()
    {
        var page = await Render.PageAsync<WebinarPage>(("Model", Open with { SeatsLeft = 0 }));

        Assert.Equal("Join the waiting list", page.QuerySelector("form button")!.TextContent);
        Assert.Contains("All 25 are taken", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebinarStatus.Cancelled, "cancelled")]
    [InlineData(WebinarStatus.Ended, "over")]
    public async Task Page_Closed_SaysWhyAndHasNoForm(WebinarStatus status, string word)
    {
        var page = await Render.PageAsync<WebinarPage>(("Model", new WebinarPageModel { Webinar = Webinar with { Status = status }, Now = Before }));

        Assert.Empty(page.QuerySelectorAll("form"));
        Assert.Contains(word, page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main a[href$='.ics']"));
    }

    [Fact]
    public async Task Time_OfAWebinar_IsInUtcForMachines()
    {
        var time = (await Render.PartAsync<WebinarTime>(("Webinar", Webinar))).QuerySelector("time")!;

        Assert.Equal("2026-12-08T13:00:00Z", time.GetAttribute("datetime"));
        Assert.Equal("2026-12-08T14:30:00Z", time.GetAttribute("data-end"));
        Assert.Equal("Europe/Brussels", time.GetAttribute("data-zone"));
    }

    [Fact]
    public async Task Time_OfADay_IsTheDay()
    {
        var time = (await Render.PartAsync<WebinarTime>(("Webinar", Webinar with { DateOnly = true }))).QuerySelector("time")!;

        Assert.Equal("2026-12-08", time.GetAttribute("datetime"));
        Assert.False(time.HasAttribute("data-zone"));
    }

    [Theory]
    [InlineData(RegistrationPageState.Requested, "cancel", "details")]
    [InlineData(RegistrationPageState.Pending, "cancel", "details")]
    [InlineData(RegistrationPageState.Confirmed, "cancel", "details")]
    [InlineData(RegistrationPageState.Waiting, "cancel", "details")]
    [InlineData(RegistrationPageState.Offered, "accept", "cancel", "details")]
    [InlineData(RegistrationPageState.Dormant, "accept", "cancel", "details")]
    [InlineData(RegistrationPageState.Cancelled, "undo")]
    [InlineData(RegistrationPageState.Declined)]
    [InlineData(RegistrationPageState.Closed)]
    public async Task Registration_InEachState_HasTheFormsOfThatStateAndTheyPost(RegistrationPageState state, params string[] actions)
    {
        var page = await Render.PageAsync<RegistrationPage>(("Model", new RegistrationPageModel { Webinar = Webinar, State = state, Token = "key", UndoUntil = Before, OfferedUntil = Before, Details = new() }));

        var forms = page.QuerySelectorAll("form");
        Assert.Equal(actions.Select(action => $"/registrations/key/{action}"), forms.Select(form => form.GetAttribute("action")));
        Assert.All(forms, form => Assert.Equal("post", form.GetAttribute("method")));
        Assert.Equal(forms.Length, page.QuerySelectorAll("button").Length);
        Assert.Equal(state == RegistrationPageState.Confirmed, page.QuerySelector("a[href='/registrations/key/calendar.ics']") is not null);
    }

    [Fact]
    public async Task Registration_CancelledForGood_HasNoUndo() =>
        Assert.Empty((await Render.PageAsync<RegistrationPage>(("Model", new RegistrationPageModel { Webinar = Webinar, State = RegistrationPageState.Cancelled, Token = "key" }))).QuerySelectorAll("form"));
}
