using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What comes with a blob's content.</summary>
public class BlobDownloadDetails
{
    public BlobType BlobType { get; internal init; }

    /// <summary>Bytes of what was asked for, which for a range is less than the blob.</summary>
    public long ContentLength { get; internal init; }

    public string? ContentType { get; internal init; }

    /// <summary>The MD5 of the whole blob; only of one that was uploaded in one piece, and not with a range.</summary>
    public byte[]? ContentHash { get; internal init; }

    public DateTimeOffset LastModified { get; internal init; }

    public IDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>Such as <c>bytes 2-4/11</c>, where a range was asked for.</summary>
    public string? ContentRange { get; internal init; }

    public ETag ETag { get; internal init; }

    public string? ContentEncoding { get; internal init; }

    public string? CacheControl { get; internal init; }

    public string? ContentDisposition { get; internal init; }

    public string? ContentLanguage { get; internal init; }

    /// <summary><c>bytes</c>: ranges can be asked for.</summary>
    public string? AcceptRanges { get; internal init; }

    internal static BlobDownloadDetails From(ResponseHeaders headers) => new()
    {
        BlobType = BlobHeaders.ParseBlobType(headers.GetString("x-ms-blob-type")),
        ContentLength = headers.ContentLengthLong ?? 0,
        ContentType = headers.ContentType,
        ContentHash = headers.GetBytes("Content-MD5"),
        LastModified = headers.GetDate("Last-Modified"),
        Metadata = headers.GetMetadata(),
        ContentRange = headers.GetString("Content-Range"),
        ETag = headers.ETag ?? default,
        ContentEncoding = headers.GetString("Content-Encoding"),
        CacheControl = headers.GetString("Cache-Control"),
        ContentDisposition = headers.GetString("Content-Disposition"),
        ContentLanguage = headers.GetString("Content-Language"),
        AcceptRanges = headers.GetString("Accept-Ranges"),
    };
}
