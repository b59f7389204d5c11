using System.Globalization;
using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>The headers that several blob operations write, and the codes that several read.</summary>
internal static class BlobHeaders
{
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations</remarks>
    public static void SetConditions(this RequestHeaders headers, BlobRequestConditions? conditions)
    {
        headers.SetIfPresent("If-Match", conditions?.IfMatch?.ToString("H"));
        headers.SetIfPresent("If-None-Match", conditions?.IfNoneMatch?.ToString("H"));
        headers.SetIfPresent("If-Modified-Since", Format(conditions?.IfModifiedSince));
        headers.SetIfPresent("If-Unmodified-Since", Format(conditions?.IfUnmodifiedSince));
        headers.SetIfPresent("x-ms-if-tags", conditions?.TagConditions);
        headers.SetIfPresent("x-ms-lease-id", conditions?.LeaseId);
    }

    /// <summary>What is stored as a blob's headers.</summary>
    public static void SetBlobHttpHeaders(this RequestHeaders headers, BlobHttpHeaders? blobHeaders)
    {
        headers.SetIfPresent("x-ms-blob-content-type", blobHeaders?.ContentType);
        headers.SetIfPresent("x-ms-blob-content-encoding", blobHeaders?.ContentEncoding);
        headers.SetIfPresent("x-ms-blob-content-language", blobHeaders?.ContentLanguage);
        headers.SetIfPresent("x-ms-blob-content-disposition", blobHeaders?.ContentDisposition);
        headers.SetIfPresent("x-ms-blob-cache-control", blobHeaders?.CacheControl);
        if (blobHeaders?.ContentHash is { } hash)
        {
            headers.SetValue("x-ms-blob-content-md5", Convert.ToBase64String(hash));
        }
    }

    public static BlobType ParseBlobType(string? value) => value switch
    {
        "PageBlob" => BlobType.Page,
        "AppendBlob" => BlobType.Append,
        _ => BlobType.Block,
    };

    public static string? ErrorCodeOf(Response response) => response.Headers.GetString("x-ms-error-code");

    private static string? Format(DateTimeOffset? time) => time?.ToString("r", CultureInfo.InvariantCulture);
}
