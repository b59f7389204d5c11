using Azure;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What of a blob to read, and under what conditions.</summary>
public class BlobDownloadOptions
{
    /// <summary>By default all of it.</summary>
    public HttpRange Range { get; set; }

    public BlobRequestConditions? Conditions { get; set; }
}
