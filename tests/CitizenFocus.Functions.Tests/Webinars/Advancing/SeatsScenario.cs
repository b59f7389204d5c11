using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>What may befall a webinar's seats, in any order.</summary>
internal enum Move
{
    Register,
    Cancel,
    Undo,
    Advance,
    AdvanceInBoth,
    AMinutePasses,
    TheUndoPasses,
    ChangeCapacity,
    SendEmails,

    /// <summary>Somebody takes the seat that is offered, or says after all that they want one.</summary>
    Answer,

    /// <summary>Long enough for each offer to end.</summary>
    ADayPasses,

    /// <summary>Freed seats are offered from now on, or given at once.</summary>
    ChangeOffers,

    Reschedule,
    CancelWebinar,
}

/// <param name="Who">The person who moves, or the new capacity less one.</param>
/// <param name="App">In which of the two processes.</param>
/// <param name="FaultAt">The storage call that fails, counted from 0; negative for none.</param>
/// <param name="IsAnswerLost">The call is done and only its answer lost: the process cannot know.</param>
internal sealed record Step(Move Move, int Who, int App, int FaultAt, bool IsAnswerLost)
{
    public const int People = 4;

    private static readonly Gen<Move> Moves = Gen.Frequency(
        (5, Gen.Constant(Move.Register)), (3, Gen.Constant(Move.Cancel)), (2, Gen.Constant(Move.Undo)), (3, Gen.Constant(Move.Advance)), (2, Gen.Constant(Move.AdvanceInBoth)),
        (1, Gen.Constant(Move.AMinutePasses)), (1, Gen.Constant(Move.TheUndoPasses)), (1, Gen.Constant(Move.ChangeCapacity)), (1, Gen.Constant(Move.SendEmails)),
        (3, Gen.Constant(Move.Answer)), (1, Gen.Constant(Move.ADayPasses)), (1, Gen.Constant(Move.ChangeOffers)), (1, Gen.Constant(Move.Reschedule)));

    private static readonly Gen<Step> One =
        from move in Moves
        from who in Gen.Choose(0, People - 1)
        from app in Gen.Choose(0, 1)
        from fault in Gen.Frequency((3, Gen.Constant(-1)), (2, Gen.Choose(0, 9)))
        from lost in Gen.Elements(true, false)
        select new Step(move, who, app, fault, lost);

    /// <summary>Two dozen of them; the organisers cancel some webinars.</summary>
    public static Arbitrary<Step[]> Sequences { get; } = (
        from steps in One.ArrayOf(24)
        from cancelledAt in Gen.Frequency((3, Gen.Constant(int.MaxValue)), (1, Gen.Choose(8, 23)))
        select steps.Select((step, n) => n == cancelledAt ? step with { Move = Move.CancelWebinar } : step).ToArray()).ToArbitrary();
}

/// <summary>Two processes on one storage, a webinar, and what must hold after each write of either.</summary>
internal sealed class SeatsScenario(Site site, Site other, Webinar webinar)
{
    private readonly string[] _addresses = [.. Enumerable.Range(0, Step.People).Select(n => a.Address($"p{n}x"))];
    private int _highestCapacity = webinar.Capacity!.Value;

    public IReadOnlyList<string> Addresses => _addresses;

    public async Task TakeAsync(Step step)
    {
        var app = step.App == 0 ? site : other;
        var before = await site.SeatRowsAsync(webinar);
        Disturb(app, step);
        switch (step.Move)
        {
            case Move.Register:
                await app.PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", "Anna"), ("email", _addresses[step.Who]), ("consent", "on"));
                break;
            case Move.Cancel:
                await app.CancelAsync(webinar, _addresses[step.Who]);
                break;
            case Move.Undo:
                await app.UndoAsync(webinar, _addresses[step.Who]);
                break;
            case Move.Advance:
                await app.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar));
                await HoldsOrderAsync(before);
                break;
            case Move.AdvanceInBoth:
                await Task.WhenAll(new[] { site, other }.Select(each => each.InvokeAsync("AdvanceWebinar", Site.Announcement(webinar))));
                await HoldsOrderAsync(before);
                break;
            case Move.AMinutePasses:
                site.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case Move.TheUndoPasses:
                site.Time.Advance(TimeSpan.FromMinutes(10));
                break;
            case Move.ChangeCapacity:
                site.Calls.Disturb = null;
                _highestCapacity = Math.Max(_highestCapacity, step.Who + 1);
                await site.ChangeAsync(webinar, w => w with { Capacity = step.Who + 1 });
                break;
            case Move.ChangeOffers:
                site.Calls.Disturb = null;
                await site.ChangeAsync(webinar, w => w with { OffersSeats = !w.OffersSeats });
                break;
            case Move.Reschedule:
                site.Calls.Disturb = null;
                await site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusHours(1) });
                break;
            case Move.CancelWebinar:
                await app.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/cancel", headers: Site.AsOrganiser);
                break;
            case Move.Answer:
                await app.AnswerAsync(webinar, _addresses[step.Who]);
                break;
            case Move.ADayPasses:
                site.Time.Advance(TimeSpan.FromDays(1));
                break;
            case Move.SendEmails:
                await app.PumpAsync(retry: true);
                break;
        }

        (site.Calls.Disturb, other.Calls.Disturb) = (null, null);
        site.Time.Advance(TimeSpan.FromTicks(1));
        await HoldsAsync(before);
    }

    /// <summary>What the timer and the delayed messages do in the end, whatever failed before.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            site.Time.Advance(TimeSpan.FromMinutes(15));
            await site.SettleAsync(webinar);
            foreach (var address in _addresses) await site.RedeliverUnsettledAsync(address);
        }
    }

    private void Disturb(Site app, Step step)
    {
        var left = step.FaultAt;
        app.Calls.Disturb = async (request, send) =>
        {
            var fails = Interlocked.Decrement(ref left) == -1 && step.FaultAt >= 0;
            if (fails && !step.IsAnswerLost) throw new InjectedFault();
            await send();
            if (StorageCalls.IsTableWrite(request)) await HoldsAsync(null);
            if (fails) throw new InjectedFault();
        };
    }

    /// <summary>Counted by rows: nobody overbooked, and <c>s</c> says what the rows say.</summary>
    private async Task HoldsAsync(SeatRows? before)
    {
        var now = await site.SeatRowsAsync(webinar);
        Assert.InRange(now.Taken, 0, _highestCapacity);
        if (now.Seats is not { } seats) return;

        Assert.Equal((now.Confirmed, now.Offered, now.Held, now.InLine.Count), (seats.Confirmed, seats.Offered, seats.Held, seats.Waiting));
        Assert.Equal((now.Waiting, now.With(RegistrationStatus.Offered)), (now.InLine.Count, now.Offered));
        if (before is not null) Assert.InRange(now.Taken, 0, Math.Max(seats.Capacity!.Value, before.Taken));
    }

    /// <summary>Who left the line stood at its head: those who wait first, then who asked; the others keep their order.</summary>
    private async Task HoldsOrderAsync(SeatRows before)
    {
        var after = await site.SeatRowsAsync(webinar);
        PersonId[] queue = [.. before.InLine, .. before.Asking], left = [.. after.InLine, .. after.Asking];
        Assert.Equal(queue.Skip(queue.Length - left.Length), left);
    }
}
