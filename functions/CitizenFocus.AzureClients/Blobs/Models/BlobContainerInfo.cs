using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What the service says of a container that was created.</summary>
public class BlobContainerInfo
{
    internal BlobContainerInfo(ResponseHeaders headers)
    {
        ETag = headers.ETag ?? default;
        LastModified = headers.GetDate("Last-Modified");
    }

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }
}
