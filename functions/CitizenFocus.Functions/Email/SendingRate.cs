using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Email;

/// <summary>How much the sender may take: of the section <c>Email</c>, <c>MessagesPerMinute</c> and <c>MessagesPerHour</c>.</summary>
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

    public static SendingRate Read(Settings settings) => new(
        Positive(settings, "MessagesPerMinute"),
        Positive(settings, "MessagesPerHour"));

    private static int? Positive(Settings settings, string name) => settings.Integer(name, 0, 0, Most) is > 0 and var limit ? limit : null;
}
