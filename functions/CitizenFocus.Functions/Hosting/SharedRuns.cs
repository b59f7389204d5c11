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
        Task<Task> begun;
        Task ended;
        lock (_lock)
        {
            if (_runs.TryGetValue(key, out var runs)) return runs.Next ??= AfterAsync(runs.Current, key, run);
            begun = Enlist(key, run);
            ended = _runs[key].Current;
        }

        begun.RunSynchronously(TaskScheduler.Default);
        return ended;
    }

    private async Task AfterAsync(Task before, TKey key, Func<Task> run)
    {
        // Whoever waits for that run hears how it ended.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<Task> begun;
        Task ended;
        lock (_lock)
        {
            begun = Enlist(key, run);
            ended = _runs[key].Current;
        }

        begun.RunSynchronously(TaskScheduler.Default);
        await ended;
    }

    // Under the lock, and begun outside of it: the run cannot end, and take itself off the list, before it is on it.
    private Task<Task> Enlist(TKey key, Func<Task> run)
    {
        var begun = new Task<Task>(() => RunToEndAsync(key, run));
        _runs[key] = new(begun.Unwrap());
        return begun;
    }

    private async Task RunToEndAsync(TKey key, Func<Task> run)
    {
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
