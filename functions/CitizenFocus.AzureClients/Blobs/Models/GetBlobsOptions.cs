namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>Which blobs to list, and what to tell of them.</summary>
public class GetBlobsOptions
{
    public BlobTraits Traits { get; set; }

    public BlobStates States { get; set; }

    /// <summary>Only blobs whose names start so, case-sensitive.</summary>
    public string? Prefix { get; set; }
}
