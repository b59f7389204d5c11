using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>A webinar is cancelled by its organisers: everybody who has a seat or waits hears of it, once.</summary>
public sealed class CallOffTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Cancelled_ByTheOrganisers_TellsEachOnceAndTakesTheEntryOut()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 2 });
        var (anna, ben, gone, waiting) = (a.Address("anna"), a.Address("ben"), a.Address("gone"), a.Address("wait"));
        foreach (var address in (string[])[anna, gone, waiting])
        {
            await _site.RegisterAsync(webinar, address);
            await _site.SettleAsync(webinar);
        }

        await _site.CancelAsync(webinar, gone);
        await _site.SettleAsync(webinar);
        await _site.RegisterAsync(webinar, ben);
        await _site.SettleAsync(webinar);
        await _site.CancelWebinarAsync(webinar);
        await _site.SettleAsync(webinar);
        await _site.SettleAsync(webinar);

        Assert.Equal(["Cancelled: Citizens first"], CancellationsTo(anna));
        Assert.Equal(["Cancelled: Citizens first"], CancellationsTo(waiting));
        Assert.Equal(["Your registration is cancelled: Citizens first"], CancellationsTo(gone));
        var entries = await _site.CalendarsToAsync(anna);
        Assert.Equal(["REQUEST", "CANCEL"], entries.Select(calendar => calendar.Method));
        Assert.Equal([0, 1], entries.Select(calendar => calendar.Event.Sequence));
        Assert.Single(entries.Select(calendar => calendar.Event.Uid).Distinct());
        Assert.Empty(await _site.CalendarsToAsync(waiting));
        Assert.True(Assert.Single(await _site.RowsAsync(RegistrationStore.TableName, webinar.Slug.Value), row => row.RowKey == RowKeys.CallOff).GetBoolean("Done"));
    }

    [Fact]
    public async Task Cancelled_WithMoreRegistrationsThanAStepHolds_TellsAll()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = null });
        string[] people = [.. Enumerable.Range(0, 60).Select(n => a.Address($"p{n}"))];
        await Parallel.ForEachAsync(people, async (address, _) => await _site.RegisterAsync(webinar, address));
        await _site.SettleAsync(webinar);

        await _site.CancelWebinarAsync(webinar);
        await _site.SettleAsync(webinar);

        Assert.All(people, address => Assert.Equal(["Cancelled: Citizens first"], CancellationsTo(address)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_WithACrashAtAnyCall_StillTellsEachOnce(bool afterTheCall)
    {
        await using var other = await _site.StartAnotherAsync();
        for (var crashAt = 1; ; crashAt++)
        {
            var webinar = await _site.PublishAsync();
            string[] people = [a.Address("anna"), a.Address("ben")];
            foreach (var address in people) await _site.RegisterAsync(webinar, address);
            await _site.SettleAsync(webinar);
            await _site.CancelWebinarAsync(webinar);

            other.Calls.Disturb = StorageCalls.CrashAt(crashAt, afterTheCall);
            var crashed = await other.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar));
            other.Calls.Disturb = null;
            await _site.SettleAsync(webinar);
            await _site.PumpAsync();

            Assert.All(people, address => Assert.Equal(["Cancelled: Citizens first"], CancellationsTo(address)));
            if (crashed.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(crashAt > 8, "Too few calls for it to have told anybody.");
                return;
            }
        }
    }

    private string[] CancellationsTo(string address) =>
        [.. _site.MailsTo(address).Select(mail => mail.Subject ?? "").Where(subject => subject.Contains("ancelled", StringComparison.Ordinal))];
}
