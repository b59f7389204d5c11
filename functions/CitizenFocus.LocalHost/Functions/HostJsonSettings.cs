using System.Text.Json.Nodes;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>
/// The app settings that stand above host.json, as on the Functions host: <c>AzureFunctionsJobHost__</c> and then the
/// names that lead to a value, with two underscores (or a colon) between them, in any case.
/// </summary>
internal static class HostJsonSettings
{
    private const string Section = "AzureFunctionsJobHost";

    private static readonly string[] Separators = ["__", ":"];

    /// <summary>Writes the settings' values into what host.json holds.</summary>
    /// <param name="hostJson">Read so that it does not tell upper case from lower.</param>
    /// <returns>The names of the settings that were taken.</returns>
    public static IReadOnlyList<string> Apply(JsonObject hostJson, IReadOnlyDictionary<string, string> settings)
    {
        var taken = new List<string>();
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            var path = name.Split(Separators, StringSplitOptions.None);
            if (path.Length < 2 || !path[0].Equals(Section, StringComparison.OrdinalIgnoreCase)) continue;

            ObjectAt(hostJson, path.AsSpan(1..^1))[path[^1]] = bool.TryParse(value, out var flag) ? flag : value;
            taken.Add(name);
        }

        return taken;
    }

    private static JsonObject ObjectAt(JsonObject root, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (root[name] is not JsonObject next) root[name] = next = new JsonObject(root.Options);
            root = next;
        }

        return root;
    }
}
