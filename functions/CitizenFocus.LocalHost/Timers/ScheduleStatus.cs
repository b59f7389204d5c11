namespace CitizenFocus.LocalHost.Timers;

/// <summary>Where a timer stands.</summary>
/// <param name="Last">When it last ran; <see langword="null"/> where it never did.</param>
/// <param name="Next">When it is due.</param>
/// <param name="LastUpdated">The instant that <paramref name="Next"/> was reckoned from.</param>
public sealed record ScheduleStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);
