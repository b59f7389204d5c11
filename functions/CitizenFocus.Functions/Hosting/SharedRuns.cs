namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// Work that brings a thing forward from whatever state it finds need not run once for each who asks: those who ask while
/// a run is under way share the next one. In this process only, and only to save: correctness never rests on it.
/// </summary>
internal sealed class SharedRuns<TKey> where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Runs> _runs = [];

    /// <returns>Ends with a run that began after this call.</returns>
    /// <param name="run">The same work for the same key, whoever's is taken.</param>
    public Task RunAsync(TKey key, Func<Task> run)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(key, out var runs)) return runs.Next ??= AfterAsync(runs.Current, key, run);

            return Start(key, run);
        }
    }

    private async Task AfterAsync(Task before, TKey key, Func<Task> run)
    {
        // Whoever waits for that run hears how it ended.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task current;
        lock (_lock)
        {
            current = Start(key, run);
        }

        await current;
    }

    // Under the lock: the run cannot end, and take itself off the list, before it is on it.
    private Task Start(TKey key, Func<Task> run)
    {
        var current = RunToEndAsync(key, run);
        _runs[key] = new(current);
        return current;
    }

    private async Task RunToEndAsync(TKey key, Func<Task> run)
    {
        // Away from the lock that the caller holds.
        await Task.Yield();
        try
        {
            await run();
        }
        finally
        {
            lock (_lock)
            {
                if (_runs.TryGetValue(key, out var runs) && runs.Next is null) _runs.Remove(key);
            }
        }
    }

    private sealed class Runs(Task current)
    {
        public Task Current { get; } = current;

        public Task? Next { get; set; }
    }
}
