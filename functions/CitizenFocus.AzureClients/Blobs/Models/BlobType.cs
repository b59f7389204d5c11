namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What a blob is made of. This client writes block blobs only.</summary>
public enum BlobType
{
    Block,
    Page,
    Append,
}
