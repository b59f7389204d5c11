using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Tests.Webinars.Calendar;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>Organisers correct themselves, and things happen in between: nobody is left with what does not hold.</summary>
public sealed class CorrectedInTimeTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly Duration Day = Duration.FromDays(1);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Start_MovedIntoAReminderThatIsDue_IsToldAsAChangeAndNotByTheReminder()
    {
        var (webinar, anna) = (await PublishInAsync(7 * Day), a.Address());
        await RegisterAsync(webinar, anna);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusDays(-6).PlusHours(-4) });

        await _site.SettleAsync(webinar);
        Assert.DoesNotContain(await _site.DeliveriesAsync(anna), delivery => delivery.Key.Kind == WebinarDeliveries.ReminderKind);
        _site.Time.Advance(TimeSpan.FromMinutes(11));
        await _site.SettleAsync(webinar);

        Assert.Equal(["confirmation", "changed"], (await _site.DeliveriesAsync(anna)).OrderBy(delivery => delivery.CreatedAt).Select(delivery => delivery.Key.Kind));
    }

    [Fact]
    public async Task Edit_TakenBackBeforeItIsTold_StandsInNobodysMail()
    {
        var (webinar, anna) = (await PublishInAsync(7 * Day), a.Address());
        await _site.RegisterAsync(webinar, anna);
        await _site.AdvanceAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusHours(5) });
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusHours(-5) });
        _site.Time.Advance(TimeSpan.FromMinutes(11));
        await _site.SettleAsync(webinar);

        var calendar = Assert.Single(await _site.CalendarsToAsync(anna));
        Assert.Equal(webinar.StartInstant.ToString("uuuu-MM-dd'T'HH:mm:ss'.000Z'", null), calendar.Event.Start);
    }

    [Fact]
    public async Task Reminder_ComposedWhileAMistakeStood_IsSentWhenItIsCorrected()
    {
        var (webinar, anna) = (await PublishInAsync(2 * Day, w => w with { Reminders = [Duration.FromHours(24)] }), a.Address());
        await RegisterAsync(webinar, anna);
        _site.Time.Advance(TimeSpan.FromDays(1));
        await _site.AdvanceAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusDays(30) });
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusDays(-30) });
        await _site.SettleAsync(webinar);
        await _site.SettleAsync(webinar);

        Assert.Equal(
            Functions.Email.DeliveryState.Accepted,
            Assert.Single(await _site.DeliveriesAsync(anna), delivery => delivery.Key.Kind == WebinarDeliveries.ReminderKind).State);
    }

    [Fact]
    public async Task Undo_OvertakenByTheOrganisersCancellation_GivesNoSeat()
    {
        var (webinar, anna) = (await PublishInAsync(7 * Day), a.Address());
        await RegisterAsync(webinar, anna);
        await _site.CancelAsync(webinar, anna);
        await using var other = await _site.StartAnotherAsync();
        var overtaken = false;
        other.Calls.Disturb = async (request, send) =>
        {
            if (!overtaken && StorageCalls.IsTableWrite(request))
            {
                overtaken = true;
                await _site.CancelWebinarAsync(webinar);
                await _site.AdvanceAsync(webinar);
            }

            await send();
        };

        var response = await other.UndoAsync(webinar, anna);

        Assert.Equal((true, HttpStatusCode.Conflict), (overtaken, response.StatusCode));
        await _site.SettleAsync(webinar);
        Assert.Equal(RegistrationStatus.Cancelled, (await _site.RegistrationAsync(webinar, anna))!.Status);
        Assert.Equal(["REQUEST", "CANCEL"], (await _site.CalendarsToAsync(anna)).Select(calendar => calendar.Method));
    }

    [Fact]
    public async Task Archived_AfterItWasCancelled_StaysCancelledInCalendars()
    {
        var webinar = await PublishInAsync(20 * Day);
        await _site.CancelWebinarAsync(webinar);
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { Status = WebinarStatus.Archived });

        var calendar = await CalendarParser.ReadAsync(await _site.Client.GetStringAsync($"/webinars/{webinar.Slug}/calendar.ics"));

        Assert.Equal("CANCELLED", calendar.Event.Status);
    }

    private Task<Webinar> PublishInAsync(Duration time, Func<Webinar, Webinar>? change = null)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"];
        var start = (Instant.FromDateTimeOffset(_site.Time.GetUtcNow()) + time).InZone(zone).LocalDateTime;
        return _site.PublishAsync(w => (change ?? (same => same))(w with { Start = start, Zone = zone }));
    }

    private async Task RegisterAsync(Webinar webinar, string address)
    {
        await _site.RegisterAsync(webinar, address);
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
