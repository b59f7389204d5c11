using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>What a service client hands to its containers' clients, and they to their blobs'.</summary>
internal sealed record BlobClientConfiguration
{
    public required HttpPipeline Pipeline { get; init; }

    /// <summary>The account's key, where there is one: it can sign addresses.</summary>
    public StorageSharedKeyCredential? SharedKey { get; init; }

    /// <summary>For addresses that need no credential, or carry it.</summary>
    public static BlobClientConfiguration Create(BlobClientOptions? options) => new()
    {
        Pipeline = StoragePipeline.Build(options ?? new BlobClientOptions()),
    };

    public static BlobClientConfiguration Create(BlobClientOptions? options, StorageSharedKeyCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new BlobClientConfiguration
        {
            Pipeline = StoragePipeline.Build(options ?? new BlobClientOptions(), credential),
            SharedKey = credential,
        };
    }

    public static BlobClientConfiguration Create(BlobClientOptions? options, TokenCredential credential, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new BlobClientConfiguration
        {
            Pipeline = StoragePipeline.Build(options ?? new BlobClientOptions(), credential, endpoint),
        };
    }

    public string AccountNameOf(Uri address) => SharedKey?.AccountName ?? StorageAccounts.NameOf(address);

    /// <summary>A request with the headers that all have.</summary>
    public HttpMessage CreateMessage(RequestMethod method, Uri address)
    {
        var message = Pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.SetValue("x-ms-version", StoragePipeline.ServiceVersion);
        message.Request.Headers.SetValue("Accept", "application/xml");
        return message;
    }

    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await Pipeline.SendAsync(message, cancellationToken);
        return message.Response;
    }
}
