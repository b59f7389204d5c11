using Azure.Core;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>The protocol's version; retries, diagnostics, transport and policies come from <see cref="ClientOptions"/>.</summary>
public class EmailClientOptions : ClientOptions
{
    /// <exception cref="ArgumentOutOfRangeException">The version is none of <see cref="ServiceVersion"/>.</exception>
    public EmailClientOptions(ServiceVersion version = ServiceVersion.V2025_09_01) =>
        ApiVersion = version switch
        {
            ServiceVersion.V2023_03_31 => "2023-03-31",
            ServiceVersion.V2025_09_01 => "2025-09-01",
            _ => throw new ArgumentOutOfRangeException(nameof(version)),
        };

    /// <summary>The versions of the protocol that the client speaks.</summary>
    public enum ServiceVersion
    {
        /// <summary>Without inline attachments.</summary>
        V2023_03_31 = 3,

        V2025_09_01 = 5,
    }

    internal string ApiVersion { get; }
}
