using System.Text;
using CitizenFocus.AzureClients.Blobs.Models;

namespace CitizenFocus.AzureClients.Sas;

/// <summary>A blob's or container's shared access signature, by the account's key or by a user delegation key.</summary>
public sealed class BlobSasQueryParameters : SasQueryParameters
{
    internal BlobSasQueryParameters(BlobSasBuilder builder, string resource, string signature, UserDelegationKey? key = null)
        // A stored access policy only goes with the account's key.
        : base(builder, key is null ? builder.Identifier ?? "" : "", resource, signature)
    {
        KeyObjectId = key?.SignedObjectId;
        KeyTenantId = key?.SignedTenantId;
        KeyStartsOn = key?.SignedStartsOn ?? default;
        KeyExpiresOn = key?.SignedExpiresOn ?? default;
        KeyService = key?.SignedService;
        KeyVersion = key?.SignedVersion;
    }

    /// <summary>Whose key it is (<c>skoid</c>), where it is a user delegation key.</summary>
    public string? KeyObjectId { get; }

    /// <summary>The tenant of whose key it is (<c>sktid</c>).</summary>
    public string? KeyTenantId { get; }

    /// <summary>From when the key is good (<c>skt</c>).</summary>
    public DateTimeOffset KeyStartsOn { get; }

    /// <summary>Until when the key is good (<c>ske</c>).</summary>
    public DateTimeOffset KeyExpiresOn { get; }

    /// <summary>For which service the key is good (<c>sks</c>): <c>b</c>.</summary>
    public string? KeyService { get; }

    /// <summary>The protocol version that the key was made by (<c>skv</c>).</summary>
    public string? KeyVersion { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var query = new StringBuilder();
        Append(query, "skoid", KeyObjectId);
        Append(query, "sktid", KeyTenantId);
        Append(query, "skt", ToText(KeyStartsOn));
        Append(query, "ske", ToText(KeyExpiresOn));
        Append(query, "sks", KeyService);
        Append(query, "skv", KeyVersion);
        AppendProperties(query);
        return query.ToString();
    }
}
