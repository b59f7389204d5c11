using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

public sealed class RegistrationTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Form_FilledIn_LeadsToThePageThatSaysWhatHappensNext()
    {
        var webinar = await _site.PublishAsync();

        var response = await _site.RegisterAsync(webinar, a.Address());
        var page = await Html.ReadAsync(await _site.Client.GetAsync(response.Headers.Location));

        Assert.Equal($"/webinars/{webinar.Slug}/registrations", response.Headers.Location!.OriginalString);
        Assert.Contains("What happens next", page.QuerySelectorAll("h2").Select(heading => heading.TextContent));
    }

    [Fact]
    public async Task Json_FilledIn_Is202AndGetsASeatWithAConfirmation()
    {
        var (webinar, address) = (await _site.PublishAsync(), a.Address());

        var response = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", Filled(address));
        await _site.SettleAsync(webinar);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("received", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]);
        var registration = await _site.RegistrationAsync(webinar, address);
        Assert.Equal((RegistrationStatus.Confirmed, "Anna Ash", "Ashville", "PT"), (registration!.Status, registration.Name, registration.Organisation, registration.Country));
        Assert.Equal("You are registered: Citizens first", Assert.Single(_site.MailsTo(address)).Subject);
        var calendar = Assert.Single(await _site.CalendarsToAsync(address));
        Assert.Equal(("REQUEST", 0, "2026-12-08T13:00:00.000Z"), (calendar.Method, calendar.Event.Sequence, calendar.Event.Start));
    }

    [Fact]
    public async Task Registering_UntilAnswered_IsTwoCallsToTheStorage()
    {
        var webinar = await _site.PublishAsync();
        await _site.RegisterAsync(webinar, a.Address());
        var announced = await _site.AnnouncementsAsync();
        _site.Calls.Reset();

        await _site.RegisterAsync(webinar, a.Address());

        Assert.Equal(2, _site.Calls.Count);
        Assert.Equal(announced + 1, await _site.AnnouncementsAsync());
        Assert.Equal(2, (await _site.SeatRowsAsync(webinar)).Asking.Count);
    }

    [Fact]
    public async Task TwentySix_AtOnceForTwentyFiveSeats_OneWaitsAndIsToldSo()
    {
        var webinar = await _site.PublishAsync();
        var addresses = Enumerable.Range(0, 26).Select(n => a.Address($"p{n}x")).ToList();

        await Task.WhenAll(addresses.Select(address => _site.RegisterAsync(webinar, address)));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _site.AdvanceAsync(webinar)));
        await _site.PumpAsync();

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((25, 1, 0, 0), (rows.Confirmed, rows.Waiting, rows.Asking.Count, rows.Outgoing));
        Assert.Equal((25, 0, 1), (rows.Seats!.Confirmed, rows.Seats.Held, rows.Seats.Waiting));
        var told = addresses.Select(address => Assert.Single(_site.MailsTo(address)).Subject).ToList();
        Assert.Equal(25, told.Count("You are registered: Citizens first".Equals));
        Assert.Single(told, "You are on the waiting list: Citizens first".Equals);
    }

    [Fact]
    public async Task SamePerson_TwiceAndAtOnce_OneRegistrationOneConfirmationTheSameAnswer()
    {
        var (webinar, address) = (await _site.PublishAsync(), a.Address());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", Filled(address))));
        await _site.SettleAsync(webinar);
        var later = await _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", Filled(address.ToUpperInvariant()));
        await _site.SettleAsync(webinar);

        Assert.Single((await _site.SeatRowsAsync(webinar)).Registrations);
        Assert.Single(_site.MailsTo(address));
        var texts = await Task.WhenAll(answers.Append(later).Select(async answer => $"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}"));
        Assert.Single(texts.Distinct());
    }

    [Fact]
    public async Task Answer_LostOnTheWay_RegistersOnceAndAnswersAsEver()
    {
        await using var other = await _site.StartAnotherAsync();
        var (webinar, address) = (await _site.PublishAsync(), a.Address());
        other.Calls.Disturb = StorageCalls.LoseFirstAnswers;

        await other.RegisterAsync(webinar, address);
        await other.AdvanceAsync(webinar);
        await other.PumpAsync();

        Assert.Equal(RegistrationStatus.Confirmed, (await _site.RegistrationAsync(webinar, address))!.Status);
        Assert.Single(_site.MailsTo(address));
    }

    [Fact]
    public async Task Commit_ThatOutlastsItsAnnouncement_IsAnnouncedAgain()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync();
        var before = await _site.AnnouncementsAsync();
        other.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (StorageCalls.IsTableWrite(request)) other.Time.Advance(Announcements.Delay);
        };

        await other.RegisterAsync(webinar, a.Address());

        Assert.Equal(before + 2, await _site.AnnouncementsAsync());
    }

    [Fact]
    public async Task Seats_Unlimited_NobodyWaits()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = null });

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _site.RegisterAsync(webinar, a.Address())));
        await _site.AdvanceAsync(webinar);

        Assert.Equal(5, (await _site.SeatRowsAsync(webinar)).Confirmed);
    }

    [Fact]
    public async Task Registrant_WhileWaiting_SeesTheirPlaceInLine()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        string[] addresses = [a.Address(), a.Address(), a.Address()];
        foreach (var address in addresses)
        {
            await _site.RegisterAsync(webinar, address);
            Assert.Contains("We are looking for a seat", await PageOfAsync(webinar, address), StringComparison.Ordinal);
            await _site.AdvanceAsync(webinar);
        }

        Assert.Contains("You have a seat", await PageOfAsync(webinar, addresses[0]), StringComparison.Ordinal);
        Assert.Contains("You are next", await PageOfAsync(webinar, addresses[1]), StringComparison.Ordinal);
        Assert.Contains("You are number 2 in line", await PageOfAsync(webinar, addresses[2]), StringComparison.Ordinal);
    }

    private static JsonObject Filled(string address) => new()
    {
        ["name"] = "Anna Ash",
        ["email"] = address,
        ["organisation"] = "Ashville",
        ["country"] = "PT",
        ["language"] = "en",
        ["timeZone"] = "Europe/Lisbon",
        ["consent"] = true,
    };

    private async Task<string> PageOfAsync(Webinar webinar, string address) =>
        (await Html.ReadAsync(await _site.Client.GetAsync(_site.RegistrationPath(webinar, address)))).Body!.TextContent;
}
