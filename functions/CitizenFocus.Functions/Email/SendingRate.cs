using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Email;

/// <summary>How much a sender may take: <c>MessagesPerMinute</c> and <c>MessagesPerHour</c> of its section.</summary>
/// <param name="PerMinute">1 or more; <see langword="null"/>: no limit.</param>
/// <param name="PerHour">1 or more; <see langword="null"/>: no limit.</param>
internal sealed record SendingRate(int? PerMinute, int? PerHour)
{
    private const int Most = 10_000_000;

    /// <summary>How long so many messages take; the first of each window goes at once.</summary>
    public Duration TimeFor(int messages)
    {
        var byMinute = PerMinute is { } perMinute ? Duration.FromMinutes((double)Math.Max(0, messages - perMinute) / perMinute) : Duration.Zero;
        var byHour = PerHour is { } perHour ? Duration.FromHours((double)Math.Max(0, messages - perHour) / perHour) : Duration.Zero;
        return Duration.Max(byMinute, byHour);
    }

    public static readonly SendingRate Unlimited = new(null, null);

    public bool IsUnlimited => this == Unlimited;

    /// <param name="otherwise">What counts for a limit that is not set; one that is set to 0 is none.</param>
    public static SendingRate Read(Settings settings, SendingRate otherwise) => new(
        Limit(settings, "MessagesPerMinute", otherwise.PerMinute),
        Limit(settings, "MessagesPerHour", otherwise.PerHour));

    private static int? Limit(Settings settings, string name, int? otherwise) =>
        settings.Integer(name, otherwise ?? 0, 0, Most) is > 0 and var limit ? limit : null;
}
