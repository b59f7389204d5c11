namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What of a container everybody can read.</summary>
public enum PublicAccessType
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its blobs, and their list.</summary>
    BlobContainer,

    /// <summary>Its blobs, whose names one has to know.</summary>
    Blob,
}
