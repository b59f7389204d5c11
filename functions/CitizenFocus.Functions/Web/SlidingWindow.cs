namespace CitizenFocus.Functions.Web;

/// <summary>
/// Never more than a limit in any window of time, and never fewer: it remembers each moment. GCRA would need one number
/// only, but allows burst + rate × window; to keep that under 60 a minute it would have to refuse a city hall's 31st
/// registration at once. Sixty moments are 480 bytes.
/// </summary>
internal sealed class SlidingWindow(TimeSpan window)
{
    private readonly Queue<TimeSpan> _taken = new();

    /// <param name="now">Since any fixed moment; never less than in an earlier call.</param>
    /// <returns><see langword="null"/> where it is allowed, and counted; else how long to wait.</returns>
    public TimeSpan? TryTake(TimeSpan now, int limit)
    {
        Forget(now);
        if (_taken.Count >= limit) return _taken.TryPeek(out var first) ? first + window - now : window;
        _taken.Enqueue(now);
        return null;
    }

    /// <summary>Nothing in it counts any more.</summary>
    public bool IsIdle(TimeSpan now)
    {
        Forget(now);
        return _taken.Count == 0;
    }

    private void Forget(TimeSpan now)
    {
        while (_taken.TryPeek(out var first) && now - first >= window) _taken.Dequeue();
    }
}
