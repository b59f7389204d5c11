using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <summary>How a client of the queue service works: transport, retries (5 by default), diagnostics, message encoding.</summary>
public class QueueClientOptions : ClientOptions
{
    /// <exception cref="ArgumentOutOfRangeException">Another version than the one there is.</exception>
    public QueueClientOptions(ServiceVersion version = ServiceVersion.V2026_10_06)
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

    /// <summary>How bodies are represented; by default <see cref="QueueMessageEncoding.None"/>.</summary>
    public QueueMessageEncoding MessageEncoding { get; set; }
}
