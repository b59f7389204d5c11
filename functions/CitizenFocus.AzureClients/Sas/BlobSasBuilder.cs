using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Sas;

/// <summary>Says what a shared access signature of a blob or container is to allow, and signs it.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/storageservices/create-service-sas
/// https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
/// </remarks>
public class BlobSasBuilder
{
    private const string BlobResource = "b";
    private const string ContainerResource = "c";

    public BlobSasBuilder()
    {
    }

    /// <inheritdoc cref="BlobSasBuilder"/>
    public BlobSasBuilder(BlobSasPermissions permissions, DateTimeOffset expiresOn)
    {
        ExpiresOn = expiresOn;
        SetPermissions(permissions);
    }

    /// <summary>Over what it may be used; by default HTTPS and HTTP.</summary>
    public SasProtocol Protocol { get; set; }

    /// <summary>From when it is good, to the second; by default from now. Clocks differ: leave it, or set it some minutes back.</summary>
    public DateTimeOffset StartsOn { get; set; }

    /// <summary>Until when it is good, to the second; required without <see cref="Identifier"/>.</summary>
    public DateTimeOffset ExpiresOn { get; set; }

    /// <summary>What it allows, a letter each; required without <see cref="Identifier"/>.</summary>
    public string? Permissions { get; private set; }

    /// <summary>A stored access policy of the container, which may say what is not said here; only with the account's key.</summary>
    public string? Identifier { get; set; }

    /// <summary>The container's name.</summary>
    public string? BlobContainerName { get; set; }

    /// <summary>The blob's name; without it, it is a signature of the container.</summary>
    public string? BlobName { get; set; }

    /// <summary><c>b</c> or <c>c</c>; signing sets it by whether there is a blob's name.</summary>
    public string? Resource { get; set; }

    /// <summary>The answer's Cache-Control, in place of the blob's.</summary>
    public string? CacheControl { get; set; }

    /// <summary>The answer's Content-Disposition, in place of the blob's.</summary>
    public string? ContentDisposition { get; set; }

    /// <summary>The answer's Content-Encoding, in place of the blob's.</summary>
    public string? ContentEncoding { get; set; }

    /// <summary>The answer's Content-Language, in place of the blob's.</summary>
    public string? ContentLanguage { get; set; }

    /// <summary>The answer's Content-Type, in place of the blob's.</summary>
    public string? ContentType { get; set; }

    /// <summary>Sets what is allowed.</summary>
    public void SetPermissions(BlobSasPermissions permissions) => Permissions = SasPermissionLetters.Of(permissions);

    /// <summary>Sets what is allowed, by letters.</summary>
    /// <param name="rawPermissions">Such as <c>rw</c>.</param>
    /// <param name="normalize">Whether to check the letters and bring them into the order that the service demands.</param>
    /// <exception cref="ArgumentException">A letter that is no permission.</exception>
    public void SetPermissions(string rawPermissions, bool normalize = false) =>
        Permissions = normalize ? SasPermissionLetters.Normalize(rawPermissions) : rawPermissions;

    /// <inheritdoc cref="SetPermissions(string, bool)"/>
    public void SetPermissions(string rawPermissions) => Permissions = rawPermissions;

    /// <summary>Signs with the account's key.</summary>
    /// <exception cref="InvalidOperationException">There is no <see cref="ExpiresOn"/> or <see cref="Permissions"/>, and no <see cref="Identifier"/>.</exception>
    public BlobSasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential) =>
        ToSasQueryParameters(sharedKeyCredential, out _);

    /// <param name="sharedKeyCredential">The account's key.</param>
    /// <param name="stringToSign">What was signed, to compare with the service's message of a mismatch.</param>
    /// <inheritdoc cref="ToSasQueryParameters(StorageSharedKeyCredential)"/>
    public BlobSasQueryParameters ToSasQueryParameters(StorageSharedKeyCredential sharedKeyCredential, out string stringToSign)
    {
        ArgumentNullException.ThrowIfNull(sharedKeyCredential);
        EnsureState();
        stringToSign = string.Join('\n',
            Permissions,
            SasQueryParameters.ToText(StartsOn),
            SasQueryParameters.ToText(ExpiresOn),
            CanonicalizedResource(sharedKeyCredential.AccountName),
            Identifier,
            "", // sip
            SasQueryParameters.ToText(Protocol),
            StoragePipeline.ServiceVersion,
            Resource,
            "", // snapshot
            "", // ses
            CacheControl,
            ContentDisposition,
            ContentEncoding,
            ContentLanguage,
            ContentType);
        return new BlobSasQueryParameters(this, Resource!, sharedKeyCredential.ComputeHMACSHA256(stringToSign));
    }

    /// <summary>Signs with a key that Entra ID stands behind, so that no account key is needed.</summary>
    /// <exception cref="InvalidOperationException">There is no <see cref="ExpiresOn"/> or <see cref="Permissions"/>, and no <see cref="Identifier"/>.</exception>
    public BlobSasQueryParameters ToSasQueryParameters(UserDelegationKey userDelegationKey, string accountName) =>
        ToSasQueryParameters(userDelegationKey, accountName, out _);

    /// <param name="userDelegationKey">From <see cref="Blobs.BlobServiceClient.GetUserDelegationKeyAsync(BlobGetUserDelegationKeyOptions, CancellationToken)"/>.</param>
    /// <param name="accountName">The account's name.</param>
    /// <param name="stringToSign">What was signed, to compare with the service's message of a mismatch.</param>
    /// <inheritdoc cref="ToSasQueryParameters(UserDelegationKey, string)"/>
    public BlobSasQueryParameters ToSasQueryParameters(
        UserDelegationKey userDelegationKey, string accountName, out string stringToSign)
    {
        ArgumentNullException.ThrowIfNull(userDelegationKey);
        EnsureState();
        stringToSign = string.Join('\n',
            Permissions,
            SasQueryParameters.ToText(StartsOn),
            SasQueryParameters.ToText(ExpiresOn),
            CanonicalizedResource(accountName),
            userDelegationKey.SignedObjectId,
            userDelegationKey.SignedTenantId,
            SasQueryParameters.ToText(userDelegationKey.SignedStartsOn),
            SasQueryParameters.ToText(userDelegationKey.SignedExpiresOn),
            userDelegationKey.SignedService,
            userDelegationKey.SignedVersion,
            "", // saoid
            "", // suoid
            "", // scid
            "", // skdutid
            "", // sduoid
            "", // sip
            SasQueryParameters.ToText(Protocol),
            StoragePipeline.ServiceVersion,
            Resource,
            "", // snapshot
            "", // ses
            "", // srh, since 2026-04-06
            "", // srq, since 2026-04-06
            CacheControl,
            ContentDisposition,
            ContentEncoding,
            ContentLanguage,
            ContentType);
        var signature = StorageSharedKeyCredential.Sign(Convert.FromBase64String(userDelegationKey.Value), stringToSign);
        return new BlobSasQueryParameters(this, Resource!, signature, userDelegationKey);
    }

    /// <summary>The same builder for one blob; what it says of a container or blob must be that one.</summary>
    /// <exception cref="InvalidOperationException">It names another container or blob.</exception>
    internal BlobSasBuilder For(string container, string blob)
    {
        if (!string.IsNullOrEmpty(BlobContainerName) && BlobContainerName != container)
        {
            throw Mismatch(nameof(BlobContainerName), "BlobContainerName");
        }

        if (!string.IsNullOrEmpty(BlobName) && BlobName != blob)
        {
            throw Mismatch(nameof(BlobName), "Name");
        }

        var copy = (BlobSasBuilder)MemberwiseClone();
        copy.BlobContainerName = container;
        copy.BlobName = blob;
        return copy;
    }

    private static InvalidOperationException Mismatch(string property, string ofClient) => new(
        $"SAS Uri cannot be generated. BlobSasBuilder.{property} does not match {ofClient} in the Client. "
        + $"BlobSasBuilder.{property} must either be left empty or match the {ofClient} in the Client");

    private void EnsureState()
    {
        if (string.IsNullOrEmpty(Identifier))
        {
            if (ExpiresOn == default)
            {
                throw new InvalidOperationException($"SAS is missing required parameter: {nameof(ExpiresOn)}");
            }

            if (string.IsNullOrEmpty(Permissions))
            {
                throw new InvalidOperationException($"SAS is missing required parameter: {nameof(Permissions)}");
            }
        }

        Resource = string.IsNullOrEmpty(BlobName) ? ContainerResource : BlobResource;
    }

    private string CanonicalizedResource(string account) => string.IsNullOrEmpty(BlobName)
        ? $"/blob/{account}/{BlobContainerName}"
        : $"/blob/{account}/{BlobContainerName}/{BlobName.Replace('\\', '/')}";
}
