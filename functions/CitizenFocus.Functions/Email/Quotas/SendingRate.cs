using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>How much a sender may take: <c>MessagesPerMinute</c> and <c>MessagesPerHour</c> of its section.</summary>
/// <param name="PerMinute">1 or more; <see langword="null"/>: no limit.</param>
/// <param name="PerHour">1 or more; <see langword="null"/>: no limit.</param>
internal sealed record SendingRate(int? PerMinute, int? PerHour)
{
    public static readonly SendingRate Unlimited = new(null, null);

    public bool IsUnlimited => this == Unlimited;

    /// <summary>Both limits, each with what holds it; neither of them is there where it is not set.</summary>
    public IReadOnlyList<(QuotaWindow Window, Gcra Limit)> Limits { get; } =
    [
        .. PerMinute is { } perMinute ? [(QuotaWindow.Minute, Gcra.For(perMinute, TimeSpan.FromMinutes(1)))] : Array.Empty<(QuotaWindow, Gcra)>(),
        .. PerHour is { } perHour ? [(QuotaWindow.Hour, Gcra.For(perHour, TimeSpan.FromHours(1)))] : Array.Empty<(QuotaWindow, Gcra)>(),
    ];

    /// <summary>Between two messages that follow each other steadily.</summary>
    public TimeSpan Interval => Limits.Count == 0 ? TimeSpan.Zero : Limits.Max(limit => limit.Limit.Interval);

    /// <summary>How long so many messages take that begin after a rest.</summary>
    public Duration TimeFor(int messages) => Limits.Count == 0
        ? Duration.Zero
        : Duration.FromTimeSpan(Limits.Max(limit => limit.Limit.Interval * Math.Max(0, messages - limit.Limit.Burst)));

    /// <param name="otherwise">What counts for a limit that is not set.</param>
    public static SendingRate Read(Settings settings, SendingRate otherwise) => SendingLimits.Read(settings).Or(otherwise);

    public bool Equals(SendingRate? other) => other is not null && (PerMinute, PerHour) == (other.PerMinute, other.PerHour);

    public override int GetHashCode() => HashCode.Combine(PerMinute, PerHour);
}

internal enum QuotaWindow
{
    Minute,
    Hour,
}
