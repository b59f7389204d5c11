using System.Diagnostics.CodeAnalysis;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>
/// A storage account's connection string, taken apart: <c>AccountName</c> and <c>AccountKey</c> with an
/// <c>EndpointSuffix</c> or endpoints of one's own, or <c>UseDevelopmentStorage=true</c> for the emulator.
/// Shared access signatures are not supported.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string</remarks>
internal sealed record StorageConnectionString
{
    private const string DefaultEndpointSuffix = "core.windows.net";

    /// <summary>The emulator's published account; its key is no secret.</summary>
    private const string EmulatorAccountName = "devstoreaccount1";
    private const string EmulatorAccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public required Uri BlobEndpoint { get; init; }

    public required Uri QueueEndpoint { get; init; }

    public required Uri TableEndpoint { get; init; }

    public required string AccountName { get; init; }

    /// <summary>Base64, as the portal shows it. Never part of <see cref="ToString"/> or of an error.</summary>
    public required string AccountKey { get; init; }

    /// <exception cref="FormatException">Says what is wrong, and never repeats a value, which could be the key.</exception>
    public static StorageConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = ReadSettings(connectionString);

        if (settings.TryGetValue("UseDevelopmentStorage", out var useDevelopmentStorage))
        {
            return useDevelopmentStorage.Equals("true", StringComparison.OrdinalIgnoreCase)
                ? Emulator(settings)
                : throw new FormatException("The storage connection string's UseDevelopmentStorage can only be true.");
        }

        if (settings.ContainsKey("SharedAccessSignature"))
        {
            throw new FormatException(
                "The storage connection string has a SharedAccessSignature, which is not supported: use AccountName and AccountKey, or a TokenCredential.");
        }

        var account = Required(settings, "AccountName");
        var key = Required(settings, "AccountKey");
        if (!Convert.TryFromBase64String(key, new byte[key.Length], out _))
        {
            throw new FormatException("The storage connection string's AccountKey is not valid base64.");
        }

        return new StorageConnectionString
        {
            AccountName = account,
            AccountKey = key,
            BlobEndpoint = Endpoint(settings, "BlobEndpoint", "blob", account),
            QueueEndpoint = Endpoint(settings, "QueueEndpoint", "queue", account),
            TableEndpoint = Endpoint(settings, "TableEndpoint", "table", account),
        };
    }

    /// <summary>Without the key: records print every member otherwise.</summary>
    public override string ToString() => $"AccountName={AccountName}";

    private static Dictionary<string, string> ReadSettings(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var segment in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A key ends in '=' as often as not: only the first one separates.
            var separator = segment.IndexOf('=');
            if (separator <= 0)
            {
                throw new FormatException("The storage connection string must consist of Name=Value settings, separated by semicolons.");
            }

            var name = segment[..separator].TrimEnd();
            if (!settings.TryAdd(name, segment[(separator + 1)..].TrimStart()))
            {
                throw new FormatException($"The storage connection string has the setting {name} twice.");
            }
        }

        return settings;
    }

    private static StorageConnectionString Emulator(Dictionary<string, string> settings)
    {
        var host = TryReadUri(settings, "DevelopmentStorageProxyUri", out var proxy)
            ? $"{proxy.Scheme}://{proxy.Host}"
            : "http://127.0.0.1";

        return new StorageConnectionString
        {
            AccountName = EmulatorAccountName,
            AccountKey = EmulatorAccountKey,
            BlobEndpoint = new Uri($"{host}:10000/{EmulatorAccountName}"),
            QueueEndpoint = new Uri($"{host}:10001/{EmulatorAccountName}"),
            TableEndpoint = new Uri($"{host}:10002/{EmulatorAccountName}"),
        };
    }

    private static string Required(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new FormatException($"The storage connection string lacks {name}.");

    private static Uri Endpoint(Dictionary<string, string> settings, string name, string service, string account)
    {
        if (TryReadUri(settings, name, out var endpoint))
        {
            return endpoint;
        }

        var scheme = settings.GetValueOrDefault("DefaultEndpointsProtocol", Uri.UriSchemeHttps);
        var suffix = settings.GetValueOrDefault("EndpointSuffix", DefaultEndpointSuffix);
        return Uri.TryCreate($"{scheme}://{account}.{service}.{suffix}", UriKind.Absolute, out var derived) && IsHttp(derived)
            ? derived
            : throw new FormatException(
                $"The storage connection string gives no valid {name}: see DefaultEndpointsProtocol, AccountName and EndpointSuffix.");
    }

    private static bool TryReadUri(Dictionary<string, string> settings, string name, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        if (!settings.TryGetValue(name, out var value) || value.Length == 0)
        {
            return false;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out uri) && IsHttp(uri)
            ? true
            : throw new FormatException($"The storage connection string's {name} is not an absolute http or https address.");
    }

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
}
