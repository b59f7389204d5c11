using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>How a client of the blob service works: transport, retries (5 by default), diagnostics.</summary>
public class BlobClientOptions : ClientOptions
{
    /// <exception cref="ArgumentOutOfRangeException">Another version than the one there is.</exception>
    public BlobClientOptions(ServiceVersion version = ServiceVersion.V2026_10_06)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(version, ServiceVersion.V2026_10_06);
        StoragePipeline.SetDefaults(this);
    }

    /// <summary>The protocol's versions that this client speaks.</summary>
    public enum ServiceVersion
    {
        /// <summary>2026-10-06.</summary>
        V2026_10_06 = 32,
    }
}
