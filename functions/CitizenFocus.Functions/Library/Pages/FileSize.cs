using System.Globalization;

namespace CitizenFocus.Functions.Library;

internal static class FileSize
{
    /// <summary>A size to two digits at least, in powers of 1,000 as systems show it: "212 KB", "1.4 MB".</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1_000 => Text(bytes, "bytes"),
        < 999_500 => Text(bytes / 1_000.0, "KB"),
        < 999_500_000 => Text(bytes / 1_000_000.0, "MB"),
        _ => Text(bytes / 1_000_000_000.0, "GB"),
    };

    // The space does not break.
    private static string Text(double value, string unit) =>
        value.ToString(value < 10 && unit != "bytes" ? "0.#" : "0", CultureInfo.InvariantCulture) + "\u00a0" + unit;
}
