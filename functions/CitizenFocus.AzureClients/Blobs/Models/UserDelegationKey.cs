namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>A key that signs shared access signatures in the name of an Entra ID identity, for at most 7 days.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key</remarks>
public class UserDelegationKey
{
    internal UserDelegationKey()
    {
    }

    /// <summary>The identity's object id.</summary>
    public string SignedObjectId { get; internal init; } = "";

    /// <summary>The identity's tenant.</summary>
    public string SignedTenantId { get; internal init; } = "";

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset SignedExpiresOn { get; internal init; }

    /// <summary>From when it is good.</summary>
    public DateTimeOffset SignedStartsOn { get; internal init; }

    /// <summary>The service that it is good for: <c>b</c>.</summary>
    public string SignedService { get; internal init; } = "";

    /// <summary>The protocol version that it was made by.</summary>
    public string SignedVersion { get; internal init; } = "";

    /// <summary>The key itself, in base64.</summary>
    public string Value { get; internal init; } = "";
}
