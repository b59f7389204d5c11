using System.Text;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Advancing;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>A webinar in two processes: what its people and organisers do, and what its queues deliver.</summary>
internal sealed class SeatsScenario(SeatsProcesses processes, SeatsDeliveries deliveries, SeatsWatch watch, Webinar webinar)
{
    /// <summary>Of a quarter of an hour each: a provider that fails ever again is given up long before.</summary>
    private const int MostRounds = 100;

    private readonly string[] _addresses = [.. Enumerable.Range(0, Step.People).Select(n => a.Address($"p{n}x"))];
    private readonly Site _site = processes.Sites[0];

    public IReadOnlyList<string> Addresses => _addresses;

    public SeatsWatch Watch => watch;

    public async Task TakeAsync(Step step)
    {
        var (app, random) = (processes.Sites[step.App], new Random(step.Seed));
        var before = await _site.SeatRowsAsync(webinar);
        if (step.Move is Move.AMinutePasses or Move.TheUndoPasses or Move.ADayPasses) await processes.ReportAsync(random);
        if (step.Move is not (Move.ChangeCapacity or Move.ChangeOffers or Move.Reschedule)) processes.Disturb(step, watch);
        switch (step.Move)
        {
            case Move.Register:
                await app.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna"), ("email", _addresses[step.Who]), ("consent", "on"));
                break;
            case Move.Cancel:
                await app.CancelAsync(webinar, Somebody(step, before, RegistrationStatus.Confirmed, RegistrationStatus.Offered));
                break;
            case Move.Undo:
                await app.UndoAsync(webinar, Somebody(step, before, RegistrationStatus.Cancelled));
                break;
            case Move.Advance:
                await app.InvokeAsync(AdvanceWebinar.FunctionName, Site.Announcement(webinar));
                await HoldsOrderAsync(before);
                break;
            case Move.AdvanceInBoth:
                await Task.WhenAll(processes.Sites.Select(each => each.InvokeAsync(AdvanceWebinar.FunctionName, Site.Announcement(webinar))));
                await HoldsOrderAsync(before);
                break;
            case Move.AMinutePasses:
                _site.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case Move.TheUndoPasses:
                _site.Time.Advance(TimeSpan.FromMinutes(10));
                break;
            case Move.ChangeCapacity:
                var capacity = 1 + (step.Who / 2);
                watch.HighestCapacity = Math.Max(watch.HighestCapacity, capacity);
                await _site.ChangeAsync(webinar, w => w with { Capacity = capacity });
                break;
            case Move.ChangeOffers:
                await _site.ChangeAsync(webinar, w => w with { OffersSeats = !w.OffersSeats });
                break;
            case Move.Reschedule:
                await _site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusHours(1) });
                break;
            case Move.CancelWebinar:
                await app.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/cancel", headers: Site.AsOrganiser);
                break;
            case Move.Answer:
                await app.AnswerAsync(webinar, Somebody(step, before, RegistrationStatus.Offered, RegistrationStatus.Dormant));
                break;
            case Move.ADayPasses:
                _site.Time.Advance(TimeSpan.FromDays(1));
                break;
            case Move.Invite:
                await app.UploadAsync(webinar, Encoding.UTF8.GetBytes($"email\n{_addresses[step.Who]}\n"));
                break;
            case Move.Deliver:
                // An announcement is not visible at once, nor is what waits for a lease to end.
                _site.Time.Advance(TimeSpan.FromSeconds(random.Next(2) == 0 ? 2 : 31));
                await deliveries.DeliverAsync(random);
                await HoldsOrderAsync(before);
                processes.Calm();
                if (random.Next(2) == 0) await processes.ReportAsync(random);
                break;
        }

        processes.Calm();
        _site.Time.Advance(TimeSpan.FromTicks(1));
        await watch.LookAsync();
        Assert.Empty(watch.Wrong);
        Assert.Empty(processes.Provider.Wrong);
    }

    /// <summary>What the timer and the messages do in the end, whatever failed before; and once more, each message delivered again.</summary>
    public async Task SettleAsync()
    {
        var random = new Random(1);
        await SettleAsync(random, leastRounds: 3);
        await deliveries.DeliverAllAgainAsync();
        await SettleAsync(random, leastRounds: 1);
        await watch.LookAsync();
        Assert.Empty(watch.Wrong);
        Assert.Empty(processes.Provider.Wrong);
    }

    private async Task SettleAsync(Random random, int leastRounds)
    {
        for (var round = 0; round < leastRounds || await FindUnsettledAsync() is not null; round++)
        {
            Assert.True(round < MostRounds, $"{await FindUnsettledAsync()} is never settled.");
            await processes.ReportAsync(random);
            _site.Time.Advance(TimeSpan.FromMinutes(15));
            processes.Disturb(new(Move.Deliver, 0, 0, -1, false, false, ProviderFault.None, 0, 0), watch);
            await processes.Sites[round % 2].AdvanceAsync(webinar);
            await deliveries.DeliverAsync(random);
            processes.Calm();
        }
    }

    private async Task<Delivery?> FindUnsettledAsync()
    {
        foreach (var address in _addresses)
        {
            if ((await _site.DeliveriesAsync(address)).FirstOrDefault(IsUnsettled) is { } delivery) return delivery;
        }

        return null;

        static bool IsUnsettled(Delivery delivery) => delivery.State is DeliveryState.Sending or DeliveryState.Later || delivery is { State: DeliveryState.Unknown, DueAt: not null };
    }

    /// <summary>Mostly one of those for whom the move means something, where there are any.</summary>
    private string Somebody(Step step, SeatRows rows, params RegistrationStatus[] statuses)
    {
        var them = _addresses.Where(address => rows.Registrations.Any(registration => registration.Person == _site.PersonOf(address) && statuses.Contains(registration.Status))).ToList();
        return them.Count > 0 && step.Seed % 4 > 0 ? them[step.Who % them.Count] : _addresses[step.Who];
    }

    /// <summary>
    /// Who left the line stood at its head: those who wait first, then who asked; the others keep their order. Where the
    /// webinar is cancelled whoever asked is told so, and the line stays.
    /// </summary>
    private async Task HoldsOrderAsync(SeatRows before)
    {
        var after = await _site.SeatRowsAsync(webinar);
        var isOpen = after.Seats?.Status == WebinarStatus.Published;
        PersonId[] queue = [.. before.InLine, .. isOpen ? before.Asking : []], left = [.. after.InLine, .. isOpen ? after.Asking : []];
        Assert.Equal(queue.Skip(queue.Length - left.Length), left);
    }
}
