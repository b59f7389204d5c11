namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>Which blobs a listing is to have beside those that are there.</summary>
[Flags]
public enum BlobStates
{
    None = 0,

    /// <summary>Those whose blocks were never committed.</summary>
    Uncommitted = 2,
}
