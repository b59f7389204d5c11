namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>With whose key a container's blobs are encrypted.</summary>
public class BlobContainerEncryptionScopeOptions
{
    /// <summary>An encryption scope of the account.</summary>
    public string? DefaultEncryptionScope { get; set; }

    /// <summary>Whether an upload may choose another.</summary>
    public bool PreventEncryptionScopeOverride { get; set; }
}
