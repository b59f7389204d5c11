namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <inheritdoc/>
internal sealed class CommunicationServicesOptionsValidator(IConfiguration configuration)
    : SenderOptionsValidator<CommunicationServicesOptions>(configuration, EmailProviders.CommunicationServices, CommunicationServicesOptions.Section)
{
    protected override IEnumerable<string> FaultsOf(CommunicationServicesOptions options)
    {
        var (connectionString, endpoint) = (Variable(nameof(options.ConnectionString)), Variable(nameof(options.Endpoint)));
        if (options is { ConnectionString: null, Endpoint: null })
        {
            yield return $"Set {connectionString} to the one that the portal shows under Keys, or {endpoint} to the resource's address to use an identity, or take {EmailProviders.CommunicationServices} out of {ProvidersVariable}.";
        }

        if (options is { ConnectionString: not null, Endpoint: not null })
        {
            yield return $"{connectionString} and {endpoint} are both set. Remove one: the endpoint to use the key, the connection string to use an identity.";
        }

        if (options.ConnectionString is { } typed && !IsConnectionString(typed))
        {
            yield return $"{connectionString} is no connection string of Communication Services. Copy it whole from the portal: endpoint=https://name.communication.azure.com/;accesskey=…";
        }

        if (options.Endpoint is { } address && address.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"{endpoint} must begin with https://, as in https://name.communication.azure.com: an identity's token crosses the network.";
        }

        if (options is { ManagedIdentityClientId: not null, ConnectionString: not null })
        {
            yield return $"{Variable(nameof(options.ManagedIdentityClientId))} has no use beside {connectionString}. Remove one of them.";
        }
    }

    private static bool IsConnectionString(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ValueOf(parts, "endpoint") is { } endpoint && Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
            && ValueOf(parts, "accesskey") is { Length: > 0 } key && Convert.TryFromBase64String(key, new byte[key.Length], out _);
    }

    private static string? ValueOf(string[] parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];
}
