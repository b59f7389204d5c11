using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Year;

/// <summary>Moves the clock from one thing that happens to the next: people, organisers, messages, and the timer.</summary>
internal sealed class SimulatedYear
{
    private const int BatchSize = 16;

    private readonly Site _site;
    private readonly HandQueues _queues;
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Number)> _plan = new();

    public SimulatedYear(Site site)
    {
        _site = site;
        _site.Calls.Queues = _queues = new(site.Time);
    }

    public void At(DateTimeOffset time, Func<Task> what) => _plan.Enqueue(what, (time, _plan.Count));

    /// <summary>The timer's runs: every five minutes about what is due, seldom else, since nothing is.</summary>
    public void FireTimers(DateTimeOffset from, DateTimeOffset to, TimeSpan idle, IEnumerable<DateTimeOffset> moments, TimeSpan around)
    {
        var runs = new SortedSet<DateTimeOffset>();
        for (var run = from; run < to; run += idle) runs.Add(run);
        foreach (var moment in moments)
        {
            var first = new DateTimeOffset((moment - around).UtcTicks / TimeSpan.TicksPerMinute / 5 * 5 * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            for (var run = first; run <= moment + around; run = run.AddMinutes(5)) runs.Add(run);
        }

        foreach (var run in runs.Where(run => run >= from && run < to)) At(run, () => _site.FireTimerAsync());
    }

    public async Task RunUntilAsync(DateTimeOffset end)
    {
        while (Next() is { } next && next < end)
        {
            if (next > _site.Time.GetUtcNow()) _site.Time.SetUtcNow(next);
            await DoWhatIsPlannedAsync(next);
            while (_queues.Take(BatchSize) is { Count: > 0 } batch) await Task.WhenAll(batch.Select(DeliverAsync));
        }
    }

    /// <summary>What falls on one moment happens side by side, as it does.</summary>
    private async Task DoWhatIsPlannedAsync(DateTimeOffset until)
    {
        while (_plan.TryPeek(out _, out var planned) && planned.At <= until)
        {
            var (at, together) = (planned.At, new List<Func<Task>>());
            while (together.Count < BatchSize && _plan.TryPeek(out _, out planned) && planned.At == at) together.Add(_plan.Dequeue());
            await Task.WhenAll(together.Select(what => what()));
        }
    }

    private DateTimeOffset? Next()
    {
        DateTimeOffset? planned = _plan.TryPeek(out _, out var first) ? first.At : null;
        return (planned, _queues.NextDue) switch
        {
            (null, var due) => due,
            (var at, null) => at,
            var (at, due) => at < due ? at : due,
        };
    }

    private async Task DeliverAsync((string Queue, string Text) message)
    {
        var function = Site.FunctionOf(message.Queue);
        if (function is null) return;
        using var response = await _site.InvokeAsync(function, message.Text);
        _site.AssertDone(response, function);
    }
}
