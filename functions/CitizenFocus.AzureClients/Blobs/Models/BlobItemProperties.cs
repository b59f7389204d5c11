using Azure;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What a listing tells of a blob.</summary>
public class BlobItemProperties
{
    internal BlobItemProperties()
    {
    }

    public DateTimeOffset? LastModified { get; internal init; }

    /// <summary>Bytes.</summary>
    public long? ContentLength { get; internal init; }

    public string? ContentType { get; internal init; }

    public string? ContentEncoding { get; internal init; }

    public string? ContentLanguage { get; internal init; }

    /// <summary>The MD5; only of a blob that was uploaded in one piece.</summary>
    public byte[]? ContentHash { get; internal init; }

    public string? ContentDisposition { get; internal init; }

    public string? CacheControl { get; internal init; }

    public BlobType? BlobType { get; internal init; }

    public ETag? ETag { get; internal init; }

    public DateTimeOffset? CreatedOn { get; internal init; }
}
