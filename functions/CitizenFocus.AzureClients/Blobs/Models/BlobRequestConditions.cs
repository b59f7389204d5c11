namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>
/// Under what conditions an operation is to take place: ETags, times and tags from the base, and a lease. Where they
/// are not met, a write fails with 412, a read under If-None-Match or If-Modified-Since with 304.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations</remarks>
public class BlobRequestConditions : BlobLeaseRequestConditions
{
    /// <summary>The lease to hold.</summary>
    public string? LeaseId { get; set; }
}
