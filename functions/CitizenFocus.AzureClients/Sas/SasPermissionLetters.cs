namespace CitizenFocus.AzureClients.Sas;

/// <summary>Permissions as letters, in the one order that the service accepts.</summary>
internal static class SasPermissionLetters
{
    /// <summary>All letters, o (ownership) and p (permissions) included, which only accounts with folders have.</summary>
    private const string Order = "racwdxyltmeopi";

    private static readonly (BlobSasPermissions Permission, char Letter)[] Letters =
    [
        (BlobSasPermissions.Read, 'r'),
        (BlobSasPermissions.Add, 'a'),
        (BlobSasPermissions.Create, 'c'),
        (BlobSasPermissions.Write, 'w'),
        (BlobSasPermissions.Delete, 'd'),
        (BlobSasPermissions.DeleteBlobVersion, 'x'),
        (BlobSasPermissions.PermanentDelete, 'y'),
        (BlobSasPermissions.List, 'l'),
        (BlobSasPermissions.Tag, 't'),
        (BlobSasPermissions.Move, 'm'),
        (BlobSasPermissions.Execute, 'e'),
        (BlobSasPermissions.SetImmutabilityPolicy, 'i'),
    ];

    public static string Of(BlobSasPermissions permissions) =>
        string.Concat(Letters.Where(entry => permissions.HasFlag(entry.Permission)).Select(entry => entry.Letter));

    /// <exception cref="ArgumentException">A letter that is no permission.</exception>
    public static string Normalize(string permissions)
    {
        foreach (var letter in permissions.ToLowerInvariant())
        {
            if (!Order.Contains(letter, StringComparison.Ordinal))
            {
                throw new ArgumentException($"{letter} is not a valid SAS permission", nameof(permissions));
            }
        }

        return string.Concat(Order.Where(letter => permissions.Contains(letter, StringComparison.OrdinalIgnoreCase)));
    }
}
