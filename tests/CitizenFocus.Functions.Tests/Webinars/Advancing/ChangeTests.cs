using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>A webinar changes: who has a seat is told once, the old beside the new.</summary>
public sealed class ChangeTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly TimeSpan TellingDelay = TimeSpan.FromMinutes(10);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Edits_WithinTenMinutes_AreToldOnceWithOldBesideNewAndAHigherSequence()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);

        await _site.ChangeAsync(webinar, w => w with { Start = new(2026, 12, 9, 10, 0) });
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TellingDelay / 2);
        await _site.ChangeAsync(webinar, w => w with { Title = "Cities first", Start = new(2026, 12, 9, 11, 0) });
        await _site.SettleAsync(webinar);
        Assert.Single(_site.MailsTo(anna));
        _site.Time.Advance(TellingDelay / 2);
        await _site.SettleAsync(webinar);
        await _site.SettleAsync(webinar);

        var mail = Assert.Single(_site.MailsTo(anna), mail => mail.Subject == "Changed: Cities first");
        foreach (var part in (string[])[mail.TextBody!.ReplaceLineEndings(" "), new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody!).Body!.TextContent])
        {
            foreach (var words in (string[])["Citizens first", "Cities first", "Tuesday 8 December 2026, 14:00–15:30", "Wednesday 9 December 2026, 11:00–12:30"])
            {
                Assert.Contains(words, part, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("Where, until now", part, StringComparison.Ordinal);
            Assert.DoesNotContain("10:00–11:30 (", part, StringComparison.Ordinal);
        }

        var calendars = await _site.CalendarsToAsync(anna);
        Assert.Equal(
            [("REQUEST", 0, "2026-12-08T13:00:00.000Z"), ("REQUEST", 1, "2026-12-09T10:00:00.000Z")],
            calendars.Select(calendar => (calendar.Method, calendar.Event.Sequence, calendar.Event.Start)));
        Assert.Single(calendars.Select(calendar => calendar.Event.Uid).Distinct());
    }

    [Fact]
    public async Task Change_OfTwoInTurn_ShowsWhatEachPersonWasToldBefore()
    {
        var (webinar, anna, bert) = (await _site.PublishAsync(), a.Address(), a.Address("bert"));
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.ChangeAsync(webinar, w => w with { Place = "Rue de la Loi 1" });
        await _site.RegisterAndSettleAsync(webinar, bert);
        _site.Time.Advance(TellingDelay);
        await _site.SettleAsync(webinar);

        await _site.ChangeAsync(webinar, w => w with { Place = "Rue de la Science 2" });
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TellingDelay);
        await _site.SettleAsync(webinar);

        Assert.Equal(2, _site.Subjects(anna, "Changed: ").Length);
        var told = Assert.Single(_site.MailsTo(bert), mail => mail.Subject!.StartsWith("Changed", StringComparison.Ordinal));
        Assert.Contains("Where, until now: Rue de la Loi 1", told.TextBody, StringComparison.Ordinal);
        Assert.Contains("Where, from now on: Rue de la Science 2", told.TextBody, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], (await _site.CalendarsToAsync(anna)).Select(calendar => calendar.Event.Sequence));
        Assert.Equal([0, 1], (await _site.CalendarsToAsync(bert)).Select(calendar => calendar.Event.Sequence));
    }

    [Fact]
    public async Task Change_OfTheRoomOrTakenBack_TellsNobody()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);

        await _site.ChangeAsync(webinar, w => w with { Room = new("https://room.example/another"), Summary = "Other words." });
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Title = "Cities first" });
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Title = "Citizens first" });
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TellingDelay);
        await _site.SettleAsync(webinar);

        Assert.Single(_site.MailsTo(anna));
        Assert.Equal(0, (await _site.RegistrationAsync(webinar, anna))!.Sequence);
    }

    [Fact]
    public async Task Change_WhileOneWaitsAndOneCancels_TellsNeither()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 2 });
        var (anna, gone, waiting) = (a.Address(), a.Address("gone"), a.Address("wait"));
        await _site.RegisterAndSettleAsync(webinar, anna, gone, waiting);
        await _site.ChangeAsync(webinar, w => w with { Title = "Cities first" });
        await _site.CancelAsync(webinar, gone);
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TellingDelay - TimeSpan.FromSeconds(1));
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TimeSpan.FromSeconds(1));
        await _site.SettleAsync(webinar);

        Assert.Equal([1, 0], new[] { anna, gone }.Select(address => _site.Subjects(address, "Changed: ").Length));
        Assert.Equal(["You are on the waiting list: Citizens first", "A seat for you: Cities first"], _site.MailsTo(waiting).Select(mail => mail.Subject).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task Change_OverManyRegistrationsWithCrashes_TellsEachOnce()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = null });
        string[] people = [.. Enumerable.Range(0, 110).Select(n => a.Address($"p{n}"))];
        await Parallel.ForEachAsync(people, async (address, _) => await _site.RegisterAsync(webinar, address));
        await _site.SettleAsync(webinar);
        await using var other = await _site.StartAnotherAsync();
        int[] crashes = [2, 7, 8, 62, 120];
        foreach (var (round, crashAt) in crashes.Index())
        {
            await _site.ChangeAsync(webinar, w => w with { Title = $"Citizens, take {round}" });
            await _site.AdvanceAsync(webinar);
            _site.Time.Advance(TellingDelay);
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, round % 2 != 0);
            Assert.False((await other.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar))).IsSuccessStatusCode, $"No call {crashAt}.");
            other.Calls.Disturb = null;
            await _site.SettleAsync(webinar);
        }

        foreach (var address in people)
        {
            var told = await _site.DeliveriesAsync(address, WebinarDeliveries.ChangedKind);
            Assert.Equal(crashes.Length, told.Count);
            Assert.All(told, delivery => Assert.Equal((Functions.Email.DeliveryState.Accepted, 1), (delivery.State, delivery.Attempt)));
        }

        Assert.Equal(crashes.Length, (await _site.RegistrationAsync(webinar, people[0]))!.Sequence);
    }
}
