namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The Chromium of this machine. Playwright's own is not downloaded.</summary>
internal static class Chromium
{
    private const string Missing = "Chromium was not found: install it (on Debian: apt-get install chromium) to have the site tested in a browser.";

    private static readonly string? Found = Find();

    /// <summary>Why browser tests are skipped; <see langword="null"/>: they run. On CI they run, and fail, without a browser.</summary>
    public static string? ReasonToSkip => Found is null && !IsCi ? Missing : null;

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Executable => Found ?? throw new InvalidOperationException(Missing);

    /// <summary>No GPU, no sandbox (root has none), and no errand of the browser's own.</summary>
    public static string[] Arguments { get; } =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var inPath =
            from name in new[] { "chromium", "google-chrome" }
            from folder in folders
            select Path.Combine(folder, name);
        return inPath.Prepend("/usr/bin/chromium").FirstOrDefault(File.Exists);
    }
}
