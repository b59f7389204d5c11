namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What becomes of a deleted blob's snapshots.</summary>
public enum DeleteSnapshotsOption
{
    /// <summary>A blob that has any is not deleted: 409, SnapshotsPresent.</summary>
    None,

    /// <summary>They are deleted with it.</summary>
    IncludeSnapshots,

    /// <summary>They are deleted, the blob stays.</summary>
    OnlySnapshots,
}
