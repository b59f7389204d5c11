using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Web;

internal sealed class KeyOptionsValidator(IConfiguration configuration) : IValidateOptions<KeyOptions>
{
    public const int MaximumKeyIdLength = 16;

    private const string MakeOne = "Make one with: openssl rand -base64 32";

    private static readonly string PersonId = Settings.Variable(KeyOptions.Section, nameof(KeyOptions.PersonId));
    private static readonly string Signing = Settings.Variable(KeyOptions.Section, nameof(KeyOptions.Signing));

    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        var faults = new List<string>();
        if (options.PersonId.Length == 0) faults.Add($"{PersonId} is missing. {MakeOne}");
        else faults.AddRange(FaultsOf(PersonId, "the key", options.PersonId));

        var ring = KeyOptions.SplitRing(options.Signing).ToList();
        if (ring.Count == 0) faults.Add($"{Signing} is missing. It is a list such as k1:<base64>. {MakeOne}");
        for (var i = 0; i < ring.Count; i++)
        {
            if (!IsKeyId(ring[i].Id))
            {
                faults.Add($"{Signing}: entry {i + 1} needs an id of 1 to {MaximumKeyIdLength} letters, digits or hyphens and a colon before the key, as in k1:<base64>.");
            }

            faults.AddRange(FaultsOf(Signing, $"the key of entry {i + 1}", ring[i].Secret));
        }

        if (ring.Where(entry => entry.Id.Length > 0).GroupBy(entry => entry.Id, StringComparer.Ordinal).Any(group => group.Count() > 1))
        {
            faults.Add($"{Signing}: two entries share an id. Give each new key an id that was never used: tokens name their key by it.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FaultsOf(string setting, string which, string base64)
    {
        var key = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, key, out var length))
        {
            yield return $"{setting}: {which} is not base64. {MakeOne}";
        }
        else if (length < KeyOptions.MinimumKeyBytes)
        {
            yield return $"{setting}: {which} has {length} bytes, fewer than {KeyOptions.MinimumKeyBytes}. {MakeOne}";
        }
        else if (KeyOptions.IsSample(key) && !EmulatedStorage.IsUsed(configuration))
        {
            yield return $"{setting}: {which} is the one from local.settings.sample.json, which everybody knows. {MakeOne}";
        }
    }

    private static bool IsKeyId(string id) =>
        id.Length is >= 1 and <= MaximumKeyIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>Whether the app runs on the storage emulator (Azurite), thus on a developer's machine.</summary>
internal static class EmulatedStorage
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>Azurite's well-known account; its key is published, so nobody's real data lies under it.</summary>
    public static bool IsUsed(IConfiguration configuration) =>
        configuration[Setting] is { } storage
        && (storage.Trim().TrimEnd(';').Equals("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase)
            || storage.Split(';', StringSplitOptions.TrimEntries).Contains("AccountName=devstoreaccount1", StringComparer.OrdinalIgnoreCase));
}
