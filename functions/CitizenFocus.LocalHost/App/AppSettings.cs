using System.Collections;

namespace CitizenFocus.LocalHost.App;

/// <summary>The app settings as the app gets them: its environment.</summary>
public static class AppSettings
{
    public const string Storage = "AzureWebJobsStorage";
    public const string BaseUrl = "Site__BaseUrl";
    public const string PickupDirectory = "Email__PickupDirectory";

    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    /// <summary>
    /// The settings of the file; over them the environment that LocalHost itself was started with (as in Core Tools,
    /// so that one value can be changed for one run); over both what only LocalHost knows.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Compose(
        IReadOnlyDictionary<string, string> file, string storage, Uri baseUrl, string mailbox)
    {
        var settings = new Dictionary<string, string>(file, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            settings[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        // Azurite may listen on other ports than the well-known ones, which is what the short form means.
        foreach (var name in settings.Where(pair => pair.Value.TrimEnd(';') == DevelopmentStorage).Select(pair => pair.Key).ToList())
        {
            settings[name] = storage;
        }

        settings[Storage] = storage;
        settings[BaseUrl] = baseUrl.GetLeftPart(UriPartial.Authority);
        settings[PickupDirectory] = mailbox;
        return settings;
    }
}
