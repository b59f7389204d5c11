using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Sas;

namespace CitizenFocus.AzureClients.Blobs.Specialized;

/// <remarks>https://learn.microsoft.com/rest/api/storageservices/delegate-access-with-shared-access-signature</remarks>
public partial class BlobBaseClient
{
    /// <inheritdoc cref="GenerateSasUri(BlobSasBuilder)"/>
    public virtual Uri GenerateSasUri(BlobSasPermissions permissions, DateTimeOffset expiresOn) =>
        GenerateSasUri(new BlobSasBuilder(permissions, expiresOn));

    /// <summary>The blob's address with a signature by the account's key.</summary>
    /// <exception cref="ArgumentNullException">The client has no account key: see <see cref="CanGenerateSasUri"/>.</exception>
    /// <exception cref="InvalidOperationException">The builder names another blob, or lacks permissions or expiry.</exception>
    public virtual Uri GenerateSasUri(BlobSasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return WithQuery(builder.For(BlobContainerName, Name).ToSasQueryParameters(Configuration.SharedKey!));
    }

    /// <inheritdoc cref="GenerateUserDelegationSasUri(BlobSasBuilder, UserDelegationKey)"/>
    public virtual Uri GenerateUserDelegationSasUri(
        BlobSasPermissions permissions, DateTimeOffset expiresOn, UserDelegationKey userDelegationKey) =>
        GenerateUserDelegationSasUri(new BlobSasBuilder(permissions, expiresOn), userDelegationKey);

    /// <summary>The blob's address with a signature by a user delegation key.</summary>
    /// <exception cref="InvalidOperationException">The builder names another blob, or lacks permissions or expiry.</exception>
    public virtual Uri GenerateUserDelegationSasUri(BlobSasBuilder builder, UserDelegationKey userDelegationKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return WithQuery(builder.For(BlobContainerName, Name).ToSasQueryParameters(userDelegationKey, AccountName));
    }

    private Uri WithQuery(BlobSasQueryParameters parameters) => new UriBuilder(Uri) { Query = parameters.ToString() }.Uri;
}
