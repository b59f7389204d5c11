using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>The names of containers and blobs in addresses.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata</remarks>
internal static class BlobNames
{
    /// <summary>The containers that the service itself gives a meaning.</summary>
    private static readonly string[] SpecialContainers = ["$root", "$logs", "$web"];

    /// <exception cref="Azure.RequestFailedException">400, OutOfRangeInput or InvalidResourceName.</exception>
    public static void CheckContainer(string name)
    {
        if (!SpecialContainers.Contains(name))
        {
            StorageNames.Check(name);
        }
    }

    /// <summary>A blob's name as the path of an address: its slashes stay.</summary>
    /// <exception cref="ArgumentException">
    /// A part of the name is <c>.</c> or <c>..</c>: addresses are normalised, so it would lead to another blob, or
    /// even to another container.
    /// </exception>
    public static string Escape(string blobName)
    {
        var parts = blobName.Split('/');
        return parts.Any(part => part is "." or "..")
            ? throw new ArgumentException("No part of a blob's name can be . or ..", nameof(blobName))
            : string.Join('/', parts.Select(Uri.EscapeDataString));
    }
}
