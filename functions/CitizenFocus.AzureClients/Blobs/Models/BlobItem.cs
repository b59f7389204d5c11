namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>A blob in a listing.</summary>
public class BlobItem
{
    internal BlobItem(string name, BlobItemProperties properties, IDictionary<string, string> metadata)
    {
        Name = name;
        Properties = properties;
        Metadata = metadata;
    }

    public string Name { get; }

    public BlobItemProperties Properties { get; }

    /// <summary>Empty unless <see cref="BlobTraits.Metadata"/> was asked for.</summary>
    public IDictionary<string, string> Metadata { get; }
}
