namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>
/// A limit of so many a window, held so that no window of that length, wherever it begins, has more: the generic cell rate
/// algorithm (ITU-T I.371 annex A), with burst + rate × window ≤ limit. Its whole state is one instant, the theoretical
/// arrival time.
/// </summary>
internal readonly record struct Gcra
{
    /// <summary>A take and the provider's own count of it are some time apart, which must not push one into a full window.</summary>
    private const double Slack = 1.01;

    private const int BurstShare = 20;
    private const int LeastBurst = 2;
    private const int ReserveShare = 5;

    private Gcra(TimeSpan interval, int burst) => (Interval, Burst) = (interval, burst);

    /// <summary>Between two takes that follow each other steadily.</summary>
    public TimeSpan Interval { get; }

    /// <summary>How many go at once after a rest: 1 or more.</summary>
    public int Burst { get; }

    /// <summary>What bulk mail leaves of a burst to transactional mail, which so never waits behind it: a fifth, 1 at least where there is more than 1.</summary>
    public int Reserve => Burst == 1 ? 0 : Math.Max(1, Burst / ReserveShare);

    /// <param name="limit">1 or more.</param>
    public static Gcra For(int limit, TimeSpan window)
    {
        var burst = Math.Min(Math.Max(LeastBurst, limit / BurstShare), Math.Max(1, limit - 1));
        return new(window * (Slack / Math.Max(1, limit - burst)), burst);
    }

    /// <summary>How many may be taken now: 0 to <see cref="Burst"/>.</summary>
    public int Available(DateTimeOffset arrival, DateTimeOffset now) =>
        arrival <= now ? Burst : (int)Math.Clamp(((now - arrival) + (Interval * Burst)) / Interval, 0, Burst);

    /// <summary>From when on <paramref name="count"/> may be taken at once.</summary>
    /// <param name="count">1 to <see cref="Burst"/>.</param>
    public DateTimeOffset EarliestFor(DateTimeOffset arrival, int count) => arrival + (Interval * (count - Burst));

    /// <summary>The state after <paramref name="count"/> were taken.</summary>
    public DateTimeOffset After(DateTimeOffset arrival, DateTimeOffset now, int count) => (arrival > now ? arrival : now) + (Interval * count);
}
