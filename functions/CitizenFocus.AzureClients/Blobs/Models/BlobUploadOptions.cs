using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What an upload stores beside the content, and how. Without conditions it overwrites.</summary>
public class BlobUploadOptions
{
    public BlobHttpHeaders? HttpHeaders { get; set; }

    /// <summary>Names are C# identifiers, values ASCII, 8 KiB in all.</summary>
    public IDictionary<string, string>? Metadata { get; set; }

    /// <summary>Checked when the content becomes the blob, which for an upload in blocks is at its end.</summary>
    public BlobRequestConditions? Conditions { get; set; }

    /// <summary>How the content is cut into blocks.</summary>
    public StorageTransferOptions TransferOptions { get; set; }
}
