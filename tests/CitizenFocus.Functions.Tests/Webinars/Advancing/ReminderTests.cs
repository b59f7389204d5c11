using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>Reminders come at their moments, to those whom they help, once.</summary>
public sealed class ReminderTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly Duration Day = Duration.FromDays(1), Hour = Duration.FromHours(1), Minute = Duration.FromMinutes(1);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Reminders_OfADayAndAnHour_ComeToTheMinute()
    {
        var (webinar, anna) = (await _site.PublishInAsync(3 * Day), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        foreach (var (before, sent) in new[] { (Day + 5 * Minute, 0), (Day + Minute, 0), (Day, 1), (Day - Minute, 1), (Hour + Minute, 1), (Hour, 2), (Hour - Minute, 2) })
        {
            _site.Time.Advance((webinar.StartInstant - before - _site.Now()).ToTimeSpan());
            await _site.FireTimerAsync();
            await _site.PumpAnnouncementsAsync();
            await _site.SettleAsync(webinar);

            Assert.Equal(sent, _site.Subjects(anna, "Reminder: ").Length);
        }

        var dates = _site.MailsTo(anna).Where(mail => mail.Subject == "Reminder: Citizens first").Select(mail => Instant.FromDateTimeOffset(mail.Date)).Order();
        Assert.All(dates.Zip([webinar.StartInstant - Day, webinar.StartInstant - Hour]), pair => Assert.InRange(pair.First - pair.Second, -Duration.FromSeconds(1), Duration.FromSeconds(1)));
        Assert.Single(await _site.CalendarsToAsync(anna));
    }

    [Fact]
    public async Task Timer_ShortlyBeforeAMoment_AnnouncesItForTheMoment()
    {
        await using var site = await Site.StartAsync();
        var queues = site.Calls.Queues = new HandQueues(site.Time);
        var webinar = await site.PublishInAsync(2 * Day + 3 * Minute);
        await site.RegisterAndSettleAsync(webinar, a.Address());
        site.Time.Advance(TimeSpan.FromDays(1));
        while (queues.Take(100).Count > 0) { }

        await site.FireTimerAsync();

        Assert.Equal(2, queues.Take(100).Count); // The webinar's seats, and its invitations.
        Assert.InRange(queues.NextDue!.Value, (webinar.StartInstant - Day).ToDateTimeOffset(), (webinar.StartInstant - Day + Minute).ToDateTimeOffset());
    }

    [Fact]
    public async Task Reminder_ToWhomItWouldNotHelp_IsNotSent()
    {
        var webinar = await _site.PublishInAsync(2 * Day, w => w with { Capacity = 4 });
        var (anna, gone, joined, late, waiting) = (a.Address(), a.Address("gone"), a.Address("joined"), a.Address("late"), a.Address("wait"));
        await _site.RegisterAndSettleAsync(webinar, anna, gone, joined);
        await _site.CancelAsync(webinar, gone);
        await _site.Services.GetRequiredService<RegistrationStore>().RecordAttendanceAsync(webinar.Slug, _site.PersonOf(joined), 1, new(webinar.StartInstant.ToDateTimeOffset()), Azure.ETag.All, default);
        await _site.SettleAtAsync(webinar, webinar.StartInstant - Day + Minute);
        await _site.RegisterAndSettleAsync(webinar, late, a.Address("full"), waiting);
        await _site.SettleAsync(webinar);

        string[] people = [anna, gone, joined, late, waiting];
        Assert.Equal([1, 0, 0, 0, 0], people.Select(address => _site.Subjects(address, "Reminder: ").Length));
        await _site.SettleAtAsync(webinar, webinar.StartInstant - Hour);
        Assert.Equal([2, 0, 0, 1, 0], people.Select(address => _site.Subjects(address, "Reminder: ").Length));
    }

    [Theory]
    [InlineData(14, null)]
    [InlineData(16, "Its moment was missed by more than a quarter of its offset.")]
    public async Task Reminder_ThatIsLate_IsSentWithinAQuarterOfItsOffset(int minutes, string? reason)
    {
        var (webinar, anna) = (await _site.PublishInAsync(2 * Day, w => w with { Reminders = [Hour] }), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);

        await _site.SettleAtAsync(webinar, webinar.StartInstant - Hour + Duration.FromMinutes(minutes));

        var delivery = Assert.Single(await _site.DeliveriesAsync(anna, WebinarDeliveries.ReminderKind));
        Assert.Equal((reason is null ? DeliveryState.Accepted : DeliveryState.Skipped, reason), (delivery.State, delivery.Reason));
    }

    [Fact]
    public async Task Reminder_OnTheQueueWhileTheStateChanges_SaysWhyItWasNotSent()
    {
        var webinar = await _site.PublishInAsync(2 * Day, w => w with { Reminders = [Hour] });
        var (gone, joined, anna) = (a.Address("gone"), a.Address("joined"), a.Address());
        await _site.RegisterAndSettleAsync(webinar, gone, joined, anna);
        _site.Time.Advance((webinar.StartInstant - Hour - _site.Now()).ToTimeSpan());
        await _site.AdvanceAsync(webinar);
        await _site.CancelAsync(webinar, gone);
        await _site.Services.GetRequiredService<RegistrationStore>().RecordAttendanceAsync(webinar.Slug, _site.PersonOf(joined), 1, new(webinar.StartInstant.ToDateTimeOffset()), Azure.ETag.All, default);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusDays(1) });

        await _site.PumpAsync();

        Assert.Equal("The registration is cancelled now.", Assert.Single(await _site.DeliveriesAsync(gone, WebinarDeliveries.ReminderKind)).Reason);
        Assert.Equal("The session was moved.", Assert.Single(await _site.DeliveriesAsync(joined, WebinarDeliveries.ReminderKind)).Reason);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusDays(-1) });
        await _site.InvokeAsync("SendEmail", Site.DueEmail(_site.PersonOf(anna), WebinarDeliveries.Reminder(webinar.Slug, webinar.Sessions[0], 3 * Hour).Value));
        Assert.Equal("Its moment was missed by more than a quarter of its offset.", Assert.Single(await _site.DeliveriesAsync(anna), d => d.Key.Value.EndsWith("|180", StringComparison.Ordinal)).Reason);
        Assert.Equal("The session was moved.", Assert.Single(await _site.DeliveriesAsync(anna), d => d.Key.Value.EndsWith("|60", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public async Task NewTitle_AfterTheReminder_SendsNoneAgainAndANewStartDoes()
    {
        var (webinar, anna) = (await _site.PublishInAsync(3 * Day, w => w with { Reminders = [Day] }), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.SettleAtAsync(webinar, webinar.StartInstant - Day);
        Assert.Single(_site.Subjects(anna, "Reminder: "));

        await ChangeAndTellAsync(webinar, w => w with { Title = "Cities first" });
        Assert.Single(_site.Subjects(anna, "Reminder: "));

        await ChangeAndTellAsync(webinar, w => w with { Start = w.Start.PlusDays(2) });
        Assert.Single(_site.Subjects(anna, "Reminder: "));
        await _site.SettleAtAsync(webinar, webinar.StartInstant + Day);
        await _site.SettleAsync(webinar);
        Assert.Equal(["Citizens first", "Cities first"], _site.Subjects(anna, "Reminder: "));
    }

    [Fact]
    public async Task Start_MovedThereAndBack_RemindsOnce()
    {
        var (webinar, anna) = (await _site.PublishInAsync(3 * Day, w => w with { Reminders = [Day] }), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.SettleAtAsync(webinar, webinar.StartInstant - Day);

        await ChangeAndTellAsync(webinar, w => w with { Start = w.Start.PlusDays(1) });
        await ChangeAndTellAsync(webinar, w => w with { Start = w.Start.PlusDays(-1) });
        await _site.SettleAtAsync(webinar, webinar.StartInstant - Hour);

        Assert.Single(_site.Subjects(anna, "Reminder: "));
        Assert.Equal(2, _site.Subjects(anna, "Changed: ").Length);
    }

    [Fact]
    public async Task Sessions_Several_EachHaveTheirReminders()
    {
        var webinar = await _site.PublishInAsync(3 * Day, w => w with { Reminders = [Hour], FurtherSessions = [new(w.Start.PlusDays(7), Hour)] });
        var anna = a.Address();
        await _site.RegisterAndSettleAsync(webinar, anna);

        foreach (var session in webinar.Sessions) await _site.SettleAtAsync(webinar, session.Start - Hour);

        var texts = _site.MailsTo(anna).Where(mail => mail.Subject!.StartsWith("Reminder", StringComparison.Ordinal)).OrderBy(mail => mail.Date).Select(mail => mail.TextBody!).ToList();
        Assert.Equal(2, texts.Count);
        Assert.Contains("Session 1 of 2 is coming up", texts[0], StringComparison.Ordinal);
        Assert.Contains("Session 2 of 2 is coming up", texts[1], StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await _site.CalendarsToAsync(anna)).Occurrences.Length);
    }

    [Fact]
    public async Task Reminders_OfManyWithCrashes_ReachEachOnce()
    {
        var webinar = await _site.PublishInAsync(3 * Day, w => w with { Capacity = null, Reminders = [.. Enumerable.Range(1, 6).Select(n => n * Hour)] });
        string[] people = [.. Enumerable.Range(0, 60).Select(n => a.Address($"p{n}"))];
        await Parallel.ForEachAsync(people, async (address, _) => await _site.RegisterAsync(webinar, address));
        await _site.SettleAsync(webinar);
        await using var other = await _site.StartAnotherAsync();
        foreach (var (hours, crashAt) in new[] { (6, 5), (5, 6), (4, 7), (3, 30), (2, 66), (1, 69) })
        {
            _site.Time.Advance((webinar.StartInstant - hours * Hour - _site.Now()).ToTimeSpan());
            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, hours % 2 != 0);
            Assert.False((await other.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar))).IsSuccessStatusCode, $"No call {crashAt}.");
            other.Calls.Disturb = null;
            await _site.SettleAsync(webinar);
        }

        foreach (var address in people)
        {
            var reminders = await _site.DeliveriesAsync(address, WebinarDeliveries.ReminderKind);
            Assert.Equal(6, reminders.Count);
            Assert.All(reminders, reminder => Assert.Equal((DeliveryState.Accepted, 1), (reminder.State, reminder.Attempt)));
        }
    }

    private async Task ChangeAndTellAsync(Webinar webinar, Func<Webinar, Webinar> change)
    {
        await _site.ChangeAsync(webinar, change);
        await _site.SettleAsync(webinar);
        await _site.SettleAtAsync(webinar, _site.Now() + 10 * Minute);
    }
}
