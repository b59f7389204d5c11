using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What the service says of an upload.</summary>
public class BlobContentInfo
{
    internal BlobContentInfo(ResponseHeaders headers)
    {
        ETag = headers.ETag ?? default;
        LastModified = headers.GetDate("Last-Modified");
        ContentHash = headers.GetBytes("Content-MD5");
    }

    public ETag ETag { get; }

    public DateTimeOffset LastModified { get; }

    /// <summary>The MD5 that the service computed; only of content that was uploaded in one piece.</summary>
    public byte[]? ContentHash { get; }
}
