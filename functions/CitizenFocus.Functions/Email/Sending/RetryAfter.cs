namespace CitizenFocus.Functions.Email.Sending;

/// <summary>How long to leave a provider alone that did not take mail.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Where the provider does not say.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(1);

    /// <summary>What a provider asks for, as far as a queue can: 1 second to 7 days.</summary>
    public static TimeSpan Clamped(TimeSpan? asked) => TimeSpan.FromTicks(Math.Clamp((asked ?? Default).Ticks, TimeSpan.TicksPerSecond, Longest.Ticks));
}
