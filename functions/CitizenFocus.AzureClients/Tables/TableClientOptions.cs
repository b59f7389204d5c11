using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>The protocol's version; retries, diagnostics, transport and policies come from <see cref="ClientOptions"/>.</summary>
public class TableClientOptions : ClientOptions
{
    /// <exception cref="ArgumentOutOfRangeException">The version is none of <see cref="ServiceVersion"/>.</exception>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06) =>
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };

    /// <summary>The versions of the protocol that the client speaks.</summary>
    public enum ServiceVersion
    {
        /// <summary>Shared keys only.</summary>
        V2019_02_02 = 1,

        /// <summary>The first that takes Microsoft Entra tokens.</summary>
        V2020_12_06 = 2,
    }

    /// <summary>The value of <c>x-ms-version</c>.</summary>
    internal string VersionString { get; }
}
