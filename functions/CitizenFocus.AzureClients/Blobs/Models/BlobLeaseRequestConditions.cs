using Azure;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>Under what conditions an operation is to take place: ETags and times from the base, and tags.</summary>
public class BlobLeaseRequestConditions : RequestConditions
{
    /// <summary>An SQL expression over the blob's index tags, such as <c>"state" = 'approved'</c>.</summary>
    /// <remarks>https://learn.microsoft.com/azure/storage/blobs/storage-manage-find-blobs#conditional-blob-operations-with-blob-index-tags</remarks>
    public string? TagConditions { get; set; }
}
