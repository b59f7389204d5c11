using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

public sealed class AdvanceWebinarTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Capacity_Grown_PromotesTheFirstInLine()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        string[] people = [a.Address(), a.Address(), a.Address(), a.Address()];
        foreach (var person in people) await RegisterAsync(webinar, person);

        await _site.ChangeAsync(webinar, w => w with { Capacity = 3 });
        await _site.SettleAsync(webinar);

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal([_site.PersonOf(people[3])], rows.InLine);
        Assert.Equal((3, 3, 1), (rows.Confirmed, rows.Seats!.Confirmed, rows.Seats.Waiting));
        Assert.All(people[1..3], person => Assert.Contains(_site.MailsTo(person), mail => mail.Subject!.StartsWith("A seat for you", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Capacity_Shrunk_TakesNobodysSeatAndGivesOutNone()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 3 });
        string[] people = [a.Address(), a.Address(), a.Address(), a.Address()];
        foreach (var person in people) await RegisterAsync(webinar, person);

        await _site.ChangeAsync(webinar, w => w with { Capacity = 2 });
        await _site.CancelAsync(webinar, people[0]);
        _site.Time.Advance(TimeSpan.FromMinutes(10));
        await _site.SettleAsync(webinar);

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((2, 1), (rows.Confirmed, rows.Waiting));
    }

    [Fact]
    public async Task Run_HeldUpWhileTheCapacityShrinks_DoesNotPutTheOldOneBack()
    {
        await using var slow = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync(w => w with { Capacity = 2 });
        await RegisterAsync(webinar, a.Address());
        await _site.RegisterAsync(webinar, a.Address());
        slow.Calls.Disturb = async (request, send) =>
        {
            await send();
            if (!request.Uri.ToString().Contains("Webinars(", StringComparison.Ordinal)) return;
            slow.Calls.Disturb = null;
            await _site.ChangeAsync(webinar, w => w with { Capacity = 1 });
            await _site.AdvanceAsync(webinar);
        };

        await slow.AdvanceAsync(webinar);

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((1, 1, 1), (rows.Confirmed, rows.Waiting, rows.Seats!.Capacity));
    }

    [Fact]
    public async Task Run_WithLostAnswers_DecidesOnceAndTellsOnce()
    {
        await using var other = await _site.StartAnotherAsync();
        var webinar = await _site.PublishAsync(w => w with { Capacity = 2 });
        string[] people = [a.Address(), a.Address(), a.Address()];
        foreach (var person in people) await _site.RegisterAsync(webinar, person);
        other.Calls.Disturb = StorageCalls.LoseFirstAnswers;

        await other.AdvanceAsync(webinar);
        await _site.PumpAsync();

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((2, 1, 2, 1, 0), (rows.Confirmed, rows.Waiting, rows.Seats!.Confirmed, rows.Seats.Waiting, rows.Outgoing));
        Assert.All(people, person => Assert.Single(_site.MailsTo(person)));
    }

    [Fact]
    public async Task Run_ThatDiesAnywhere_IsFinishedByTheNext()
    {
        await using var dying = await _site.StartAnotherAsync();
        for (var survived = 0; ; survived++)
        {
            var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
            string[] people = [a.Address(), a.Address()];
            foreach (var person in people) await _site.RegisterAsync(webinar, person);
            var left = survived;
            dying.Calls.Disturb = (_, send) => Interlocked.Decrement(ref left) >= 0 ? send() : throw new InjectedFault();

            var response = await dying.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar));
            await _site.SettleAsync(webinar);

            var rows = await _site.SeatRowsAsync(webinar);
            Assert.Equal((1, 1, 0, 0), (rows.Confirmed, rows.Waiting, rows.Asking.Count, rows.Outgoing));
            Assert.All(people, person => Assert.Single(_site.MailsTo(person)));
            if (response.IsSuccessStatusCode)
            {
                Assert.InRange(survived, 5, 30);
                return;
            }
        }
    }

    [Fact]
    public async Task Timer_AfterAllMessagesWereLost_AnnouncesWhatHasWorkLeft()
    {
        await using var site = await Site.StartAsync();
        var (webinar, draft) = (await site.PublishAsync(), await site.PublishAsync(w => w with { Status = WebinarStatus.Draft }));
        var anna = a.Address();
        await site.RegisterAsync(webinar, anna);
        await site.Storage.Queue(Announcements.QueueName).ClearMessagesAsync();

        await site.FireTimerAsync();
        Assert.Equal(1, await site.PumpAnnouncementsAsync());

        Assert.Equal(RegistrationStatus.Confirmed, (await site.RegistrationAsync(webinar, anna))!.Status);
        Assert.Null((await site.SeatRowsAsync(draft)).Seats);
    }

    [Fact]
    public async Task Message_OfAnUnknownWebinar_IsDone()
    {
        Assert.Equal(HttpStatusCode.OK, (await _site.InvokeAsync("AdvanceWebinar", """{"webinar":"no-such-webinar"}""")).StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("garbage")]
    [InlineData("""{"webinar":"No Slug"}""")]
    public async Task Message_ThatIsNoneOfOurs_FailsAndEndsAmongThePoisonous(string message) =>
        Assert.Equal(HttpStatusCode.InternalServerError, (await _site.InvokeAsync("AdvanceWebinar", message)).StatusCode);

    private async Task RegisterAsync(Webinar webinar, string address)
    {
        await _site.RegisterAsync(webinar, address);
        await _site.SettleAsync(webinar);
        _site.Time.Advance(TimeSpan.FromMilliseconds(1));
    }
}
