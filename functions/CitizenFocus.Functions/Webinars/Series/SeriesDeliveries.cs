using System.Globalization;
using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>The mail that asks whether somebody wants to follow, by its key in the send ledger.</summary>
internal static class SeriesDeliveries
{
    public const string FollowKind = "follow";

    /// <summary>The request's id is the day: whoever types in somebody else's address again and again bothers them once a day.</summary>
    public static DeliveryKey Follow(string series, DateTimeOffset now) =>
        DeliveryKey.Of(FollowKind, series, now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
}
