using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

public sealed class ManyRegistrationsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const int Many = 1_000;

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Advance_WithManyRequests_TakesFewStorageRequestsForEach()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 100 });
        await AddAsync(webinar, Many, RegistrationStatus.Requested);
        _site.Calls.Reset();

        await _site.AdvanceAsync(webinar);

        Assert.InRange((_site.Calls.Count - Many) / (double)Many, 0, 0.08);
        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((100, Many - 100, 0), (rows.Confirmed, rows.Waiting, rows.Outgoing));
    }

    /// <summary>It reads who asks, who waits for a free seat, and what is due: never who is decided.</summary>
    [Fact]
    public async Task Advance_WithManyDecided_TakesNoMoreRequestsThanWithFew()
    {
        var (few, many) = (await _site.PublishAsync(), await _site.PublishAsync());
        await AddAsync(few, 10, RegistrationStatus.Confirmed);
        await AddAsync(many, Many, RegistrationStatus.Confirmed);

        Assert.Equal(await CallsOfAsync(few), await CallsOfAsync(many));
    }

    private async Task<int> CallsOfAsync(Webinar webinar)
    {
        await _site.AdvanceAsync(webinar);
        _site.Calls.Reset();
        await _site.AdvanceAsync(webinar);
        return _site.Calls.Count;
    }

    /// <summary>As registering leaves them, and as deciding does.</summary>
    private async Task AddAsync(Webinar webinar, int count, RegistrationStatus status)
    {
        var rows = Enumerable.Range(0, count).SelectMany(n =>
        {
            var registration = a.Registration(webinar, _site.PersonOf($"p{n}@example.org")) with { Status = status, RequestedAt = _site.Time.GetUtcNow().AddTicks(n) };
            TableEntity[] each = [RegistrationMapping.ToEntity(registration), RowMapping.Request(registration)];
            return status == RegistrationStatus.Requested ? each : each[..1];
        });
        foreach (var chunk in rows.Chunk(100))
        {
            await _site.Storage.Table(RegistrationStore.TableName).SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        }
    }
}
