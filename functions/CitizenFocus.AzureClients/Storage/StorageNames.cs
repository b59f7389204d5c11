using System.Buffers;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>
/// The rule for the names of queues and containers: 3 to 63 lower-case letters, digits and hyphens, a letter or
/// digit at either end and beside each hyphen.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
/// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
/// </remarks>
internal static class StorageNames
{
    private static readonly SearchValues<char> Permitted = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <exception cref="Azure.RequestFailedException">400, OutOfRangeInput or InvalidResourceName.</exception>
    public static void Check(string name)
    {
        if (name.Length is < 3 or > 63)
        {
            throw StorageErrors.OutOfRangeInput(name);
        }

        if (name.AsSpan().ContainsAnyExcept(Permitted)
            || name.StartsWith('-') || name.EndsWith('-') || name.Contains("--", StringComparison.Ordinal))
        {
            throw StorageErrors.InvalidResourceName(name);
        }
    }
}
