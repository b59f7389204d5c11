using System.Net;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>Where the account stands in an address: before the host's first dot, or on the emulator first in the path.</summary>
/// <remarks>https://learn.microsoft.com/azure/storage/common/storage-connect-azurite</remarks>
internal static class StorageAccounts
{
    public static string NameOf(Uri address) => IsPathStyle(address)
        ? PathSegments(address)[0]
        : address.Host.Split('.')[0];

    /// <summary>The path behind the account, decoded: a container and a blob, or a queue.</summary>
    /// <param name="address">An address of the service, or of anything in it.</param>
    /// <param name="parts">What it is to be cut into at most; the last part keeps its slashes.</param>
    public static string[] ResourceOf(Uri address, int parts)
    {
        var skipped = IsPathStyle(address) ? 1 : 0;
        return [.. PathSegments(address, parts + skipped).Skip(skipped).Select(Uri.UnescapeDataString)];
    }

    /// <summary>An address with one more part in its path; a signature in its query stays.</summary>
    public static Uri Append(Uri address, string escapedPath)
    {
        var builder = new UriBuilder(address);
        builder.Path = $"{builder.Path.TrimEnd('/')}/{escapedPath}";
        return builder.Uri;
    }

    private static bool IsPathStyle(Uri address) =>
        IPAddress.TryParse(address.Host, out _) || !address.Host.Contains('.', StringComparison.Ordinal);

    private static string[] PathSegments(Uri address, int count = 2) => address.AbsolutePath.TrimStart('/').Split('/', count);
}
