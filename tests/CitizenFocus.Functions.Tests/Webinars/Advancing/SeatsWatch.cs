using System.Collections.Concurrent;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>Looks at a webinar's rows after each write of either process, and notes what must not be.</summary>
internal sealed class SeatsWatch(Site site, Webinar webinar)
{
    // Held from a write until its rows were looked at: each look sees one write more than the one before.
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<PersonId, int> _promotions = [];
    private SeatRows _last = new([]);
    private int _capacity = webinar.Capacity!.Value;
    private int _freed;
    private int _grown;

    /// <summary>The most seats that there ever were: a webinar that shrinks unseats nobody.</summary>
    public int HighestCapacity { get; set; } = webinar.Capacity!.Value;

    /// <summary>What must not be, in the order in which it was seen. A write whose look threw would only be a write that failed.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public int Promotions => _promotions.Values.Sum();

    public int Freed => _freed;

    /// <summary>How often a person left the line for a seat, or for the offer of one.</summary>
    public int PromotionsOf(PersonId person) => _promotions.GetValueOrDefault(person);

    /// <summary>Lets a write be made, and looks at what came of it.</summary>
    public async Task WriteAsync(Func<Task> write)
    {
        await _gate.WaitAsync();
        try
        {
            await write();
            See(await site.SeatRowsAsync(webinar));
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task LookAsync() => WriteAsync(() => Task.CompletedTask);

    private void See(SeatRows now)
    {
        var (before, free) = (_last, Math.Max(0, _capacity - _last.Taken));
        _last = now;
        if (now.Taken > HighestCapacity) Wrong.Enqueue($"{now.Taken} seats are taken of {HighestCapacity}.");
        if (now.Seats is not { } seats) return;

        if ((now.Confirmed, now.Offered, now.Held, now.InLine.Count) != (seats.Confirmed, seats.Offered, seats.Held, seats.Waiting)) Wrong.Enqueue($"The counts are not those of the rows: {seats}");
        if ((now.Waiting, now.With(Functions.Webinars.Registrations.RegistrationStatus.Offered)) != (now.InLine.Count, now.Offered)) Wrong.Enqueue($"The rows disagree: {seats}");

        // One write may take a change of the capacity over and seat some by it.
        if (seats.Capacity!.Value is var capacity && capacity != _capacity)
        {
            _grown += Math.Max(0, capacity - _capacity);
            _capacity = capacity;
            free = Math.Max(0, capacity - before.Taken);
        }

        var (given, left) = (now.Seated.Except(before.Seated).ToList(), before.Seated.Except(now.Seated).Count());
        _freed += left;
        if (given.Count > free + left) Wrong.Enqueue($"{given.Count} got seats, where {free} were free and {left} became so.");
        foreach (var person in given.Intersect(before.InLine)) _promotions[person] = PromotionsOf(person) + 1;
        if (Promotions > _freed + _grown) Wrong.Enqueue($"{Promotions} were promoted, for {_freed} seats that were freed and {_grown} that were added.");
    }
}
