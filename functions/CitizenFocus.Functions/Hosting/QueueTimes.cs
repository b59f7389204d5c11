namespace CitizenFocus.Functions.Hosting;

/// <summary>How long messages hide and live, as the queue service counts that.</summary>
internal static class QueueTimes
{
    /// <summary>A message that never expires: what is due stays due.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    /// <summary>A queue counts whole seconds, up to 7 days: rounded down, what is not due yet would come at once, again and again.</summary>
    public static TimeSpan Visible(TimeSpan delay) => TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(delay.TotalSeconds, 0, LongestDelay.TotalSeconds)));
}
