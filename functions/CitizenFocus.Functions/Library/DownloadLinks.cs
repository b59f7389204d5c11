using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Library;

/// <summary>Signed URLs straight to blob storage, good for minutes: by the account's key where there is one, else by a user delegation key.</summary>
internal sealed class DownloadLinks(BlobServiceClient blobs, LibraryOptions options, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(2);
    private DelegationKey? _key;

    /// <summary>Visitors are to be redirected.</summary>
    public bool AreUsed { get; } = options.Delivery == LibraryOptions.Redirect && !EmulatedStorage.IsUsed(configuration);

    public async Task<Uri> MakeAsync(BlobClient blob, DocumentFile file, string contentDisposition, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sas = new BlobSasBuilder
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - ClockSkew,
            ExpiresOn = now + Lifetime,
            ContentDisposition = contentDisposition,
            ContentType = file.ContentType,
        };
        sas.SetPermissions(BlobSasPermissions.Read);
        if (blob.CanGenerateSasUri) return blob.GenerateSasUri(sas);

        var query = sas.ToSasQueryParameters(await KeyAsync(now, cancellationToken), blob.AccountName);
        return new UriBuilder(blob.Uri) { Query = query.ToString() }.Uri;
    }

    private async Task<UserDelegationKey> KeyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_key is { } known && now + Lifetime < known.Until) return known.Key;

        var fresh = (await blobs.GetUserDelegationKeyAsync(now - ClockSkew, now + KeyLifetime, cancellationToken)).Value;
        _key = new(fresh, now + KeyLifetime);
        return fresh;
    }

    // A reference, so that who reads while another writes sees the one pair or the other.
    private sealed record DelegationKey(UserDelegationKey Key, DateTimeOffset Until);
}
