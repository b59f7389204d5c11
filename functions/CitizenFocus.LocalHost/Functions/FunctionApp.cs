namespace CitizenFocus.LocalHost.Functions;

/// <summary>A function app as it lies in its folder: host.json, and a function.json in a folder for each function.</summary>
public sealed record FunctionApp
{
    /// <summary>The folder that is the app's working directory and <c>FUNCTIONS_APP_ROOT_PATH</c>.</summary>
    public required string Root { get; init; }

    public required string Executable { get; init; }

    public required HostJson Host { get; init; }

    public required IReadOnlyList<Function> Functions { get; init; }

    /// <summary>Reads an app's folder.</summary>
    /// <param name="path">The folder, or an executable in it that is taken in place of host.json's.</param>
    /// <param name="settings">The app settings, for <c>%Name%</c> and <c>AzureWebJobs.Name.Disabled</c> and what stands above host.json.</param>
    /// <exception cref="LocalHostException">Something is missing or makes no sense; the message names the file.</exception>
    public static FunctionApp Load(string path, IReadOnlyDictionary<string, string> settings)
    {
        path = Path.GetFullPath(path);
        var root = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        var host = LocalHostJson.ReadHost(Path.Combine(root, "host.json"), settings);
        host.Extensions.Queues.Validate();
        _ = host.Limit;
        if (host.CustomHandler is not { } handler || !(handler.EnableProxyingHttpRequest || handler.EnableForwardingHttpRequest))
        {
            throw new LocalHostException("host.json: customHandler.enableProxyingHttpRequest must be true, else the host wraps every request in an envelope.");
        }

        return new FunctionApp
        {
            Root = root,
            Executable = FindExecutable(root == path ? Path.Combine(root, handler.Description.DefaultExecutablePath) : path),
            Host = host,
            Functions = [.. ReadFunctions(root, settings)],
        };
    }

    private static IEnumerable<Function> ReadFunctions(string root, IReadOnlyDictionary<string, string> settings)
    {
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, "function.json");
            if (!File.Exists(file)) continue;

            var name = Path.GetFileName(folder);
            var json = LocalHostJson.Read(file, LocalHostJson.Default.FunctionJson);
            var disabled = settings.TryGetValue($"AzureWebJobs.{name}.Disabled", out var text) && text is "1" or "true" or "True";
            if (!json.Disabled && !disabled) yield return Function.From(name, json, settings);
        }
    }

    private static string FindExecutable(string file) =>
        File.Exists(file) ? file
        : File.Exists(file + ".exe") ? file + ".exe"
        : throw new LocalHostException($"{file}, the app's executable (customHandler.description.defaultExecutablePath), was not found.");
}
