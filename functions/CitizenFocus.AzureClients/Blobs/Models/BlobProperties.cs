using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>A blob's properties, without its content.</summary>
public class BlobProperties
{
    public DateTimeOffset LastModified { get; internal init; }

    public DateTimeOffset CreatedOn { get; internal init; }

    /// <summary>Names are compared without regard to case.</summary>
    public IDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    public BlobType BlobType { get; internal init; }

    /// <summary>Bytes.</summary>
    public long ContentLength { get; internal init; }

    public string? ContentType { get; internal init; }

    public ETag ETag { get; internal init; }

    /// <summary>The MD5; only of a blob that was uploaded in one piece.</summary>
    public byte[]? ContentHash { get; internal init; }

    public string? ContentEncoding { get; internal init; }

    public string? ContentDisposition { get; internal init; }

    public string? ContentLanguage { get; internal init; }

    public string? CacheControl { get; internal init; }

    /// <summary><c>bytes</c>: ranges can be asked for.</summary>
    public string? AcceptRanges { get; internal init; }

    internal static BlobProperties From(ResponseHeaders headers) => new()
    {
        LastModified = headers.GetDate("Last-Modified"),
        CreatedOn = headers.GetDate("x-ms-creation-time"),
        Metadata = headers.GetMetadata(),
        BlobType = BlobHeaders.ParseBlobType(headers.GetString("x-ms-blob-type")),
        ContentLength = headers.ContentLengthLong ?? 0,
        ContentType = headers.ContentType,
        ETag = headers.ETag ?? default,
        ContentHash = headers.GetBytes("Content-MD5"),
        ContentEncoding = headers.GetString("Content-Encoding"),
        ContentDisposition = headers.GetString("Content-Disposition"),
        ContentLanguage = headers.GetString("Content-Language"),
        CacheControl = headers.GetString("Cache-Control"),
        AcceptRanges = headers.GetString("Accept-Ranges"),
    };
}
