namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>A Communication Services resource's connection string, taken apart.</summary>
internal sealed record CommunicationConnectionString
{
    public required Uri Endpoint { get; init; }

    /// <summary>Base64. Never part of <see cref="ToString"/> or of an error.</summary>
    public required string AccessKey { get; init; }

    /// <exception cref="InvalidOperationException">As the official SDK has it; never repeats a value, which could be the key.</exception>
    public static CommunicationConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var segment in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A key ends in '=' as often as not: only the first one separates.
            var separator = segment.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0) throw new InvalidOperationException("The connection string must consist of name=value settings, separated by semicolons.");
            settings[segment[..separator].TrimEnd()] = segment[(separator + 1)..].TrimStart();
        }

        return new()
        {
            Endpoint = Uri.TryCreate(Required(settings, "endpoint"), UriKind.Absolute, out var endpoint)
                ? endpoint
                : throw new InvalidOperationException("The connection string's endpoint is no absolute address."),
            AccessKey = Required(settings, "accesskey"),
        };
    }

    /// <summary>Without the key: records print every member otherwise.</summary>
    public override string ToString() => $"endpoint={Endpoint}";

    private static string Required(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new InvalidOperationException($"Required keyword '{name}' is missing in connection string.");
}
