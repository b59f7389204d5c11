using System.Text.Json;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.App;

/// <summary>A local.settings.json, in the format of Azure Functions Core Tools.</summary>
public sealed record LocalSettings
{
    public bool IsEncrypted { get; set; }

    /// <summary>The app settings. Core Tools takes strings only; numbers and booleans are understood as well.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values { get; set; } = new Dictionary<string, JsonElement>();

    /// <summary>The file that counts: the one named, else local.settings.json, else local.settings.sample.json.</summary>
    /// <returns>Its path; <see langword="null"/> where there is none.</returns>
    public static string? Find(string folder, string? named) =>
        named is not null
            ? Path.GetFullPath(named)
            : new[] { "local.settings.json", "local.settings.sample.json" }
                .Select(name => Path.Combine(folder, name))
                .FirstOrDefault(File.Exists);

    /// <summary>The settings of a file, by name.</summary>
    /// <exception cref="LocalHostException">The file is missing, broken or encrypted.</exception>
    public static IReadOnlyDictionary<string, string> Load(string file)
    {
        var settings = LocalHostJson.Read(file, LocalHostJson.Default.LocalSettings);
        if (settings.IsEncrypted) throw new LocalHostException($"{file} is encrypted: run 'func settings decrypt' first.");

        return settings.Values.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? throw new LocalHostException($"{file}: Values:{pair.Key} is not a string.")
                : pair.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
    }
}
