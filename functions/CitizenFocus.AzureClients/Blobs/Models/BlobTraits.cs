namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What a listing is to tell of each blob beside its properties.</summary>
[Flags]
public enum BlobTraits
{
    None = 0,
    Metadata = 2,
}
