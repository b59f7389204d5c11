using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Tests.Webinars.Calendar;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

/// <summary>What a registrant sees and does at /registrations/{token}.</summary>
public sealed class SelfServiceTests : IAsyncLifetime
{
    private readonly string _anna = a.Address();
    private readonly string _bert = a.Address("bert");
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Offer_TakenByTheButton_IsASeat()
    {
        var webinar = await OfferedToBertAsync();
        var page = await PageAsync(webinar, _bert);
        Assert.Contains("A seat is yours to take", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Wednesday 2 September 2026, 14:10 (Europe/Brussels, UTC+02:00) · 12:10 UTC", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("Take the seat", page.QuerySelector("form[action$='/accept'] button")!.TextContent);

        var response = await PostAsync(webinar, _bert, "accept");
        var again = await PostAsync(webinar, _bert, "accept");

        Assert.All([response, again], answer => Assert.Equal((HttpStatusCode.SeeOther, _site.RegistrationPath(webinar, _bert)), (answer.StatusCode, answer.Headers.Location!.OriginalString)));
        Assert.Contains("You have a seat", (await PageAsync(webinar, _bert)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, (await _site.SeatRowsAsync(webinar)).Seats!.Confirmed);
    }

    [Fact]
    public async Task Offer_LetPass_KeepsThePlaceUntilThePersonAnswers()
    {
        var webinar = await OfferedToBertAsync();
        _site.Time.Advance(TimeSpan.FromHours(25));
        await _site.AdvanceAsync(webinar);
        Assert.Equal("I still want a seat", (await PageAsync(webinar, _bert)).QuerySelector("form[action$='/accept'] button")!.TextContent);

        var response = await PostAsync(webinar, _bert, "accept", json: true);
        var again = await PostAsync(webinar, _bert, "accept", json: true);

        Assert.Equal(("waiting", "waiting"), (await StatusAsync(response), await StatusAsync(again)));
        Assert.Contains("You are next", (await PageAsync(webinar, _bert)).Body!.TextContent, StringComparison.Ordinal);
        await _site.AdvanceAsync(webinar);
        Assert.Equal(RegistrationStatus.Confirmed, (await _site.RegistrationAsync(webinar, _bert))!.Status);
    }

    [Fact]
    public async Task Accept_WithoutAnOffer_Is409()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        await _site.RegisterAsync(webinar, _anna);

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(webinar, _anna, "accept")).StatusCode);
    }

    [Fact]
    public async Task Approval_UntilAndAfterTheDecision_IsExplained()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        await _site.RegisterAsync(webinar, _anna);
        await _site.AdvanceAsync(webinar);
        Assert.Contains("An organiser decides", (await PageAsync(webinar, _anna)).Body!.TextContent, StringComparison.Ordinal);

        await _site.Services.GetRequiredService<DecideApproval>().HandleAsync(webinar.Slug, _site.PersonOf(_anna), approve: false, default);

        var page = await PageAsync(webinar, _anna);
        Assert.Contains("There is no seat for you this time", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(webinar, _anna, "details", ("name", "Else"))).StatusCode);
    }

    [Fact]
    public async Task Details_Changed_ReplaceTheOldOnesAndMoveNothingElse()
    {
        var webinar = await WithAQuestionAsync();
        var before = (await _site.RegistrationAsync(webinar, _anna))!;
        var (seats, rows) = ((await _site.SeatRowsAsync(webinar)).Seats, await _site.CountEverythingAsync());

        var response = await PostAsync(webinar, _anna, "details", ("name", " Anna Alder "), ("organisation", ""), ("answers.topics", "Parks"));
        var page = await Html.ReadAsync(await _site.Client.GetAsync(response.Headers.Location!.OriginalString));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("Your changes are saved.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Anna Alder", page.GetElementById("field-name")!.GetAttribute("value"));
        Assert.Equal(["Parks"], page.QuerySelectorAll("[checked]").Select(box => box.GetAttribute("value")));
        var after = (await _site.RegistrationAsync(webinar, _anna))!;
        Assert.Equal(("Anna Alder", null, RegistrationStatus.Confirmed, before.Sequence), (after.Name, after.Organisation, after.Status, after.Sequence));
        Assert.Equal((seats, rows), ((await _site.SeatRowsAsync(webinar)).Seats, await _site.CountEverythingAsync()));
    }

    [Fact]
    public async Task Details_Wrong_ComeBackAsTyped()
    {
        var webinar = await WithAQuestionAsync();

        var response = await PostAsync(webinar, _anna, "details", ("name", ""), ("organisation", "Alderville"), ("answers.topics", "Moon"));
        var json = await PostAsync(webinar, _anna, "details", json: true, ("name", ""));
        var page = await Html.ReadAsync(response);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (response.StatusCode, json.StatusCode));
        Assert.Equal(["#field-name", "#field-answers.topics"], page.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Alderville", page.GetElementById("field-organisation")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("details.panel")!.HasAttribute("open"));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal(["Housing"], (await _site.RegistrationAsync(webinar, _anna))!.Answers["topics"]);
    }

    [Fact]
    public async Task Details_AnswerLostOrOvertaken_AreSavedOnce()
    {
        var webinar = await WithAQuestionAsync();
        var disturbed = 0;
        _site.Calls.Disturb = async (request, send) =>
        {
            if (!StorageCalls.IsTableWrite(request) || disturbed > 1)
            {
                await send();
                return;
            }

            // First somebody else's change comes between, then the answer is lost.
            if (disturbed++ == 0)
            {
                await _site.Storage.Table(RegistrationStore.TableName).UpdateEntityAsync(
                    RegistrationMapping.WithSequence(webinar.Slug, RowKeys.Registration(_site.PersonOf(_anna)), 5), ETag.All, TableUpdateMode.Merge);
                await send();
                return;
            }

            await StorageCalls.LoseFirstAnswers(request, send);
        };

        var response = await PostAsync(webinar, _anna, "details", ("name", "Anna Alder"));

        Assert.Equal((HttpStatusCode.SeeOther, 2), (response.StatusCode, disturbed));
        var after = (await _site.RegistrationAsync(webinar, _anna))!;
        Assert.Equal(("Anna Alder", 5), (after.Name, after.Sequence));
    }

    [Fact]
    public async Task Details_AfterCancelling_Are409()
    {
        var webinar = await WithAQuestionAsync();
        await _site.CancelAsync(webinar, _anna);

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(webinar, _anna, "details", ("name", "Anna Alder"))).StatusCode);
        Assert.Equal("Anna Ash", (await _site.RegistrationAsync(webinar, _anna))!.Name);
    }

    [Fact]
    public async Task Calendar_OfOneWithASeat_IsTheirsAndIsTakenBackWithIt()
    {
        var webinar = await WithAQuestionAsync();
        var path = _site.RegistrationPath(webinar, _anna) + "/calendar.ics";

        var response = await _site.Client.GetAsync(path);
        var mine = await CalendarParser.ReadAsync(await response.Content.ReadAsStringAsync());
        var published = await CalendarParser.ReadAsync(await _site.Client.GetStringAsync($"/webinars/{webinar.Slug}/calendar.ics"));
        await _site.CancelAsync(webinar, _anna);
        var gone = await CalendarParser.ReadAsync(await _site.Client.GetStringAsync(path));

        Assert.Equal(("text/calendar", true), (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.Private));
        Assert.Equal(("PUBLISH", published.Event.Uid, 0, "CONFIRMED"), (mine.Method, mine.Event.Uid, mine.Event.Sequence, mine.Event.Status));
        Assert.Equal(Site.BaseUrl.TrimEnd('/') + _site.JoinPath(webinar, _anna), mine.Event.Location);
        Assert.Null(mine.Event.Attendee);
        Assert.Equal((mine.Event.Uid, 1, "CANCELLED"), (gone.Event.Uid, gone.Event.Sequence, gone.Event.Status));
        Assert.Equal(HttpStatusCode.NotModified, (await IfNoneMatchAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Calendar_OfOneWithoutASeat_IsNotThere()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        await _site.RegisterAsync(webinar, _anna);

        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(_site.RegistrationPath(webinar, _anna) + "/calendar.ics")).StatusCode);
    }

    [Fact]
    public async Task Page_ForAProgram_IsJson()
    {
        var webinar = await OfferedToBertAsync();

        var response = await _site.SendJsonAsync(HttpMethod.Get, _site.RegistrationPath(webinar, _bert));
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(("Offered", webinar.Slug.Value, true), ((string)json["status"]!, (string)json["webinar"]!, response.Headers.CacheControl!.NoStore));
        Assert.Equal(new DateTimeOffset(2026, 9, 2, 12, 10, 0, TimeSpan.Zero), DateTimeOffset.Parse((string)json["offeredUntil"]!, null));
    }

    [Fact]
    public async Task Links_OpenedByAScanner_ChangeNothing()
    {
        var webinar = await OfferedToBertAsync();
        var before = (await _site.CountEverythingAsync(), (await _site.SeatRowsAsync(webinar)).Seats);

        foreach (var path in new[] { "", "/accept", "/details", "/cancel", "/undo", "/calendar.ics", "?saved" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head }) await _site.Client.SendAsync(new(method, _site.RegistrationPath(webinar, _bert) + path));
        }

        Assert.Equal(before, (await _site.CountEverythingAsync(), (await _site.SeatRowsAsync(webinar)).Seats));
        Assert.Equal(RegistrationStatus.Offered, (await _site.RegistrationAsync(webinar, _bert))!.Status);
    }

    /// <summary>One seat: Anna gave it up, and Bert is offered it at ten past twelve.</summary>
    private async Task<Webinar> OfferedToBertAsync()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1, OffersSeats = true });
        foreach (var address in new[] { _anna, _bert })
        {
            await _site.RegisterAsync(webinar, address);
            await _site.AdvanceAsync(webinar);
        }

        await _site.CancelAsync(webinar, _anna);
        _site.Time.Advance(TimeSpan.FromMinutes(10));
        await _site.AdvanceAsync(webinar);
        return webinar;
    }

    /// <summary>Anna has a seat, and answered.</summary>
    private async Task<Webinar> WithAQuestionAsync()
    {
        var webinar = await _site.PublishAsync(w => w with
        {
            Questions = [new() { Id = "topics", Text = "What interests you?", Kind = QuestionKind.Choices, Options = ["Parks", "Housing"] }],
        });
        await _site.PostFormAsync(
            $"/webinars/{webinar.Slug}/registrations", ("name", "Anna Ash"), ("email", _anna), ("organisation", "Ashville"), ("consent", "on"), ("answers.topics", "Housing"));
        await _site.AdvanceAsync(webinar);
        return webinar;
    }

    private async Task<IHtmlDocument> PageAsync(Webinar webinar, string address) =>
        await Html.ReadAsync(await _site.Client.GetAsync(_site.RegistrationPath(webinar, address)));

    private Task<HttpResponseMessage> PostAsync(Webinar webinar, string address, string action, params (string Name, string Value)[] fields) =>
        PostAsync(webinar, address, action, json: false, fields);

    private Task<HttpResponseMessage> PostAsync(Webinar webinar, string address, string action, bool json, params (string Name, string Value)[] fields)
    {
        var path = $"{_site.RegistrationPath(webinar, address)}/{action}";
        return json
            ? _site.PostJsonAsync(path, new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Value))))
            : _site.PostFormAsync(path, fields);
    }

    private async Task<HttpResponseMessage> IfNoneMatchAsync(string path)
    {
        var tag = (await _site.Client.GetAsync(path)).Headers.ETag!;
        return await _site.Client.SendAsync(new(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } });
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage response) => (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"];
}
