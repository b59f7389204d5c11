namespace CitizenFocus.Testing;

/// <summary>Waits for an outcome, with a deadline: looks again and again, and is done as soon as it is there.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(20);

    /// <param name="deadline">20 seconds by default.</param>
    /// <returns>What was seen when it was enough.</returns>
    /// <exception cref="TimeoutException">It did not happen in time; the message has what was seen last.</exception>
    public static async Task<T> Async<T>(Func<Task<T>> look, Func<T, bool> enough, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (enough(seen)) return seen;

            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"It did not happen within {limit.TotalSeconds} s; the last seen was {seen}");
            }

            await Task.Delay(Pause);
        }
    }
}
