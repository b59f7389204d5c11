using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What the service says of a blob whose metadata was set.</summary>
public class BlobInfo
{
    internal BlobInfo(ResponseHeaders headers)
    {
        ETag = headers.ETag ?? default;
        LastModified = headers.GetDate("Last-Modified");
    }

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }
}
