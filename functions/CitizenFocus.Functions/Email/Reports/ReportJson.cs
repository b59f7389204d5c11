using System.Globalization;
using System.Text.Json;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>Reads JSON that comes from outside: whatever stands there, the answer is a value or none.</summary>
internal static class ReportJson
{
    /// <returns><see langword="null"/> where it is missing, no string, or one that is no Unicode.</returns>
    public static string? Text(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair.
        }
    }

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>Seconds since 1970, as a number or as a string.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        long seconds = -1;
        if (value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out seconds)) return null;
        if (value.ValueKind != JsonValueKind.Number && !long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out seconds)) return null;
        return seconds is > 0 and <= MaxSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>As Azure writes times, with or without an offset, be the fraction of a second as long as it may.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.Ticks > 0 && time.Year < 9000
            ? time
            : null;

    // The year 9000: far from where sums overflow.
    private const long MaxSeconds = 221_845_305_600;
}
