using System.Collections.Concurrent;

namespace CitizenFocus.Functions.Web;

/// <summary>Section <c>Cache</c> of the configuration.</summary>
internal sealed record CacheOptions
{
    public const string Section = "Cache";

    /// <summary>How long a rendered page may be served, 0 to 60 seconds: other processes' changes show after so long at the latest.</summary>
    public int PageSeconds { get; init; } = 60;

    public static CacheOptions Read(Settings settings) => new()
    {
        PageSeconds = settings.Integer(nameof(PageSeconds), new CacheOptions().PageSeconds, 0, 60),
    };
}

/// <summary>
/// Rendered pages by key, one render at a time each: a thousand visitors of a page that just went stale wait for one
/// render, not for a thousand.
/// </summary>
internal sealed class PageCache(CacheOptions options, TimeProvider time)
{
    /// <summary>Some 20 KB a page make 10 MB at the most.</summary>
    public const int MaximumPages = 500;

    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.PageSeconds);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();

    /// <summary>The answer that is ready, <see langword="null"/> where there is none. Takes no lock and allocates nothing.</summary>
    public Task<IResult>? FindReady(string key) =>
        _entries.TryGetValue(key, out var entry) && entry.Expires > time.GetUtcNow() ? entry.Answer : null;

    /// <summary>
    /// The page under a key, rendered by the first who asks; the others wait for it, and share its failure. Neither a
    /// failure nor <see langword="null"/> is kept.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for somebody else's render, not one's own, which others may wait for.</param>
    public async Task<PublicPage?> GetAsync(string key, Func<Task<byte[]?>> render, CancellationToken cancellationToken)
    {
        if (!TryBegin(key, out var entry)) return await entry.Rendering.Task.WaitAsync(cancellationToken);
        try
        {
            var page = await render() is { } body ? new PublicPage(body) : null;
            if (page is null) Drop(key, entry);
            else entry.Answer = Task.FromResult<IResult>(page);
            entry.Rendering.SetResult(page);
            return page;
        }
        catch (Exception exception)
        {
            Drop(key, entry);
            entry.Rendering.SetException(exception);
            _ = entry.Rendering.Task.Exception; // observed, where nobody waits
            throw;
        }
    }

    /// <summary>A render under way is not kept either: it may have read what was there before the change.</summary>
    public void Clear()
    {
        lock (_writing) _entries.Clear();
    }

    /// <summary>True where the caller is to render, and everybody else waits for it.</summary>
    private bool TryBegin(string key, out Entry entry)
    {
        lock (_writing)
        {
            var now = time.GetUtcNow();
            if (_entries.TryGetValue(key, out var present) && present.Expires > now)
            {
                entry = present;
                return false;
            }

            if (_entries.Count >= MaximumPages) MakeRoom(now);

            // From the start of the render: so old is what it shows.
            _entries[key] = entry = new Entry(now + _lifetime);
            return true;
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Expires <= now) Drop(key, entry);
        }

        if (_entries.Count < MaximumPages) return;
        var oldest = _entries.MinBy(pair => pair.Value.Expires);
        Drop(oldest.Key, oldest.Value);
    }

    private void Drop(string key, Entry entry) => _entries.TryRemove(KeyValuePair.Create(key, entry));

    private sealed class Entry(DateTimeOffset expires)
    {
        public DateTimeOffset Expires { get; } = expires;

        public TaskCompletionSource<PublicPage?> Rendering { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IResult>? Answer { get; set; }
    }
}
