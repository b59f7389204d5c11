using Azure.Core;
using Azure.Core.Pipeline;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <summary>What a service client hands to its queues' clients.</summary>
internal sealed record QueueClientConfiguration
{
    public required HttpPipeline Pipeline { get; init; }

    public required QueueMessageEncoding MessageEncoding { get; init; }

    /// <summary>Known with a shared key; otherwise the address tells it.</summary>
    public string? AccountName { get; init; }

    public static QueueClientConfiguration Create(QueueClientOptions? options, StorageSharedKeyCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        options ??= new QueueClientOptions();
        return new QueueClientConfiguration
        {
            Pipeline = StoragePipeline.Build(options, credential),
            MessageEncoding = options.MessageEncoding,
            AccountName = credential.AccountName,
        };
    }

    public static QueueClientConfiguration Create(QueueClientOptions? options, TokenCredential credential, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new QueueClientOptions();
        return new QueueClientConfiguration
        {
            Pipeline = StoragePipeline.Build(options, credential, endpoint),
            MessageEncoding = options.MessageEncoding,
        };
    }
}
