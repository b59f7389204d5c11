using System.Net;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Webinars.Registrations;

public sealed partial class CancellationTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly TimeSpan UndoPeriod = TimeSpan.FromMinutes(10);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Cancelling_ByTheButton_TakesTheEntryOutOfTheCalendar()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        var page = await Html.ReadAsync(await _site.Client.GetAsync(_site.RegistrationPath(webinar, anna)));

        var response = await _site.Client.PostAsync(page.QuerySelector("form")!.GetAttribute("action"), null);
        await _site.SettleAsync(webinar);

        Assert.Equal((HttpStatusCode.SeeOther, _site.RegistrationPath(webinar, anna)), (response.StatusCode, response.Headers.Location!.OriginalString));
        var calendars = await _site.CalendarsToAsync(anna);
        Assert.Equal(["REQUEST", "CANCEL"], calendars.Select(calendar => calendar.Method));
        Assert.Equal([0, 1], calendars.Select(calendar => calendar.Event.Sequence));
        Assert.Single(calendars.Select(calendar => calendar.Event.Uid).Distinct());
        Assert.Equal("CANCELLED", calendars[1].Event.Status);
    }

    [Fact]
    public async Task Cancelling_Twice_IsOneCancellation()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _site.CancelAsync(webinar, anna)));
        await _site.SettleAsync(webinar);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((0, 1, 0, 1), (rows.Confirmed, rows.Held, rows.Seats!.Confirmed, rows.Seats.Held));
        Assert.Equal(2, _site.MailsTo(anna).Count);
    }

    [Fact]
    public async Task Undo_WithinTenMinutes_GivesTheSeatBackWithAStillHigherSequence()
    {
        var (webinar, anna, bert) = (await _site.PublishAsync(w => w with { Capacity = 1 }), a.Address(), a.Address("bert"));
        await RegisterAsync(webinar, anna);
        await RegisterAsync(webinar, bert);
        await _site.CancelAsync(webinar, anna);
        await _site.SettleAsync(webinar);
        _site.Time.Advance(UndoPeriod - TimeSpan.FromSeconds(1));
        await _site.AdvanceAsync(webinar);

        var response = await _site.UndoAsync(webinar, anna);
        _site.Time.Advance(UndoPeriod);
        await _site.SettleAsync(webinar);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var calendars = await _site.CalendarsToAsync(anna);
        Assert.Equal([("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)], calendars.Select(calendar => (calendar.Method, calendar.Event.Sequence)));
        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((1, 0, 1), (rows.Confirmed, rows.Held, rows.Waiting));
        Assert.Equal(RegistrationStatus.Waiting, (await _site.RegistrationAsync(webinar, bert))!.Status);
    }

    [Fact]
    public async Task FreedSeat_AfterTenMinutes_GoesToTheFirstInLineOnceAndWhoCameBetweenStandsBehind()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        var (anna, bert, carl) = (a.Address(), a.Address("bert"), a.Address("carl"));
        await RegisterAsync(webinar, anna);
        await RegisterAsync(webinar, bert);
        await _site.CancelAsync(webinar, anna);
        await _site.RegisterAsync(webinar, carl);
        await _site.SettleAsync(webinar);
        Assert.Equal(2, (await _site.SeatRowsAsync(webinar)).Waiting);

        _site.Time.Advance(UndoPeriod);
        await Task.WhenAll(_site.AdvanceAsync(webinar), _site.AdvanceAsync(webinar));
        await _site.AdvanceAsync(webinar);
        await _site.PumpAsync();

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((1, 0, 1), (rows.Confirmed, rows.Held, rows.Waiting));
        Assert.Equal([_site.PersonOf(carl)], rows.InLine);
        Assert.Equal(
            ["A seat for you: Citizens first", "You are on the waiting list: Citizens first"],
            _site.MailsTo(bert).Select(mail => mail.Subject).Order(StringComparer.Ordinal));
        Assert.Single(_site.MailsTo(carl));
        Assert.Equal("REQUEST", Assert.Single(await _site.CalendarsToAsync(bert)).Method);
        var late = await _site.UndoAsync(webinar, anna);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("too late", (await Html.ReadAsync(late)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlaceInLine_GivenUpAndTakenBack_IsTheSameOne()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        string[] people = [a.Address(), a.Address(), a.Address()];
        foreach (var person in people) await RegisterAsync(webinar, person);

        await _site.CancelAsync(webinar, people[1]);
        await _site.SettleAsync(webinar);
        Assert.Equal([_site.PersonOf(people[2])], (await _site.SeatRowsAsync(webinar)).InLine);
        await _site.UndoAsync(webinar, people[1]);
        await _site.SettleAsync(webinar);

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal([_site.PersonOf(people[1]), _site.PersonOf(people[2])], rows.InLine);
        Assert.Equal((1, 2), (rows.Seats!.Confirmed, rows.Seats.Waiting));
    }

    [Fact]
    public async Task Registering_AgainAfterCancelling_IsANewRequestAndAHigherSequence()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        await _site.CancelAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        await RegisterAsync(webinar, anna);

        var calendars = await _site.CalendarsToAsync(anna);
        Assert.Equal([("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)], calendars.Select(calendar => (calendar.Method, calendar.Event.Sequence)));
        Assert.Equal(HttpStatusCode.SeeOther, (await _site.UndoAsync(webinar, anna)).StatusCode);
    }

    [Fact]
    public async Task Cancellation_OvertakenByANewRequestThatHasToWait_StillTakesTheEntryOutOfTheCalendar()
    {
        var (webinar, anna, bert) = (await _site.PublishAsync(w => w with { Capacity = 1 }), a.Address(), a.Address("bert"));
        await RegisterAsync(webinar, anna);
        await RegisterAsync(webinar, bert);
        await _site.CancelAsync(webinar, anna);

        await RegisterAsync(webinar, anna);

        Assert.Equal(RegistrationStatus.Waiting, (await _site.RegistrationAsync(webinar, anna))!.Status);
        var calendars = await _site.CalendarsToAsync(anna);
        Assert.Equal([("REQUEST", 0), ("CANCEL", 1)], calendars.Select(calendar => (calendar.Method, calendar.Event.Sequence)));
    }

    [Fact]
    public async Task Request_CancelledBeforeItIsDecided_IsNeverDecided()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAsync(webinar, anna);

        await _site.CancelAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        Assert.Equal(RegistrationStatus.Cancelled, (await _site.RegistrationAsync(webinar, anna))!.Status);
        Assert.Equal((0, 0, 0), await CountsAsync(webinar));
        Assert.Empty(_site.MailsTo(anna));
    }

    [Fact]
    public async Task Undo_WhereAnotherProcessWithAFasterClockGaveTheSeatAway_IsTooLate()
    {
        await using var faster = await _site.StartAnotherAsync(new FakeTimeProvider(_site.Time.GetUtcNow() + UndoPeriod + TimeSpan.FromMinutes(1)));
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        await _site.CancelAsync(webinar, anna);
        await faster.AdvanceAsync(webinar);

        var response = await _site.UndoAsync(webinar, anna);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal((0, 0, 0), await CountsAsync(webinar));
    }

    [Fact]
    public async Task Undo_OfAWebinarThatWasCancelledMeanwhile_GivesNoSeat()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        await _site.CancelAsync(webinar, anna);
        await _site.CancelWebinarAsync(webinar);

        var response = await _site.UndoAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(RegistrationStatus.Cancelled, (await _site.RegistrationAsync(webinar, anna))!.Status);
        Assert.DoesNotContain(await _site.CalendarsToAsync(anna), calendar => calendar is { Method: "REQUEST", Event.Sequence: > 0 });
    }

    [Fact]
    public async Task CancellingAndUndoing_WithLostAnswers_AreDoneOnce()
    {
        await using var other = await _site.StartAnotherAsync();
        var (webinar, anna) = (await _site.PublishAsync(w => w with { Capacity = 1 }), a.Address());
        await RegisterAsync(webinar, anna);
        other.Calls.Disturb = StorageCalls.LoseFirstAnswers;

        var cancelled = await other.CancelAsync(webinar, anna);
        Assert.Equal((0, 1, 0), await CountsAsync(webinar));
        var restored = await other.UndoAsync(webinar, anna);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (cancelled.StatusCode, restored.StatusCode));
        Assert.Equal((1, 0, 0), await CountsAsync(webinar));
        Assert.Equal(2, (await _site.RegistrationAsync(webinar, anna))!.Sequence);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("undo")]
    public async Task Change_ThatOutlastsItsAnnouncement_IsAnnouncedAgain(string action)
    {
        await using var other = await _site.StartAnotherAsync();
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        if (action == "undo") await _site.CancelAsync(webinar, anna);
        var before = await _site.AnnouncementsAsync();
        other.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (StorageCalls.IsTableWrite(request)) other.Time.Advance(Announcements.Delay);
        };

        await other.Client.PostAsync($"{_site.RegistrationPath(webinar, anna)}/{action}", null);

        // A cancellation has one more, for the end of the undo.
        Assert.Equal(before + (action == "cancel" ? 3 : 2), await _site.AnnouncementsAsync());
    }

    [Fact]
    public async Task Cancelling_WhenTheWebinarIsOver_Is409()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await RegisterAsync(webinar, anna);
        await using var later = await _site.StartAnotherAsync(new FakeTimeProvider(new(2026, 12, 9, 0, 0, 0, TimeSpan.Zero)));

        var response = await later.CancelAsync(webinar, anna);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal((1, 0, 0), await CountsAsync(webinar));
    }

    private async Task RegisterAsync(Webinar webinar, string address)
    {
        await _site.RegisterAsync(webinar, address);
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Confirmed, held, waiting: by the rows, which <c>s</c> must agree with.</summary>
    private async Task<(int Confirmed, int Held, int Waiting)> CountsAsync(Webinar webinar)
    {
        var rows = await _site.SeatRowsAsync(webinar);
        var counted = (rows.Confirmed, rows.Held, rows.InLine.Count);
        Assert.Equal(counted, (rows.Seats!.Confirmed, rows.Seats.Held, rows.Seats.Waiting));
        return counted;
    }

    [GeneratedRegex("""https://focus\.example/[^\s"<>)]*""")]
    private static partial Regex Url();
}
