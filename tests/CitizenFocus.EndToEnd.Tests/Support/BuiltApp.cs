using System.Reflection;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Azurite;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>What is tested, and where it lies.</summary>
internal static class BuiltApp
{
    /// <summary>The output folder of CitizenFocus.Functions, built as these tests were.</summary>
    public static string Folder { get; } = typeof(BuiltApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "AppFolder").Value!;

    public static string Executable { get; } = "CitizenFocus.Functions";

    /// <summary>LocalHost's executable; a reference copies it beside the tests.</summary>
    public static string LocalHost { get; } = Path.Combine(AppContext.BaseDirectory, "CitizenFocus.LocalHost");

    /// <summary>The settings that a fresh clone runs with.</summary>
    public static string SampleSettings { get; } =
        Path.GetFullPath(Path.Combine(AzuriteInstallation.OfRepository().Directory, "..", "..", "..", "local.settings.sample.json"));

    /// <summary>The sample settings, and others above them.</summary>
    public static Dictionary<string, string> Settings(params ReadOnlySpan<(string Name, string Value)> changes)
    {
        var settings = new Dictionary<string, string>(LocalSettings.Load(SampleSettings), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in changes) settings[name] = value;
        return settings;
    }
}
