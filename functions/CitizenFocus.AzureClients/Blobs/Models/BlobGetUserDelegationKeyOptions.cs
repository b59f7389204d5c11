namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>What a user delegation key is to be.</summary>
public class BlobGetUserDelegationKeyOptions
{
    /// <inheritdoc cref="ExpiresOn"/>
    public BlobGetUserDelegationKeyOptions(DateTimeOffset expiresOn) => ExpiresOn = expiresOn;

    /// <summary>Until when it is to be good, at most 7 days from its start.</summary>
    public DateTimeOffset ExpiresOn { get; set; }

    /// <summary>From when it is to be good; by default from now.</summary>
    public DateTimeOffset? StartsOn { get; set; }
}
