namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>An address, and the name shown beside it.</summary>
public readonly struct EmailAddress
{
    /// <param name="address">Such as <c>anna@example.org</c>.</param>
    public EmailAddress(string address)
        : this(address, "")
    {
    }

    /// <param name="address">Such as <c>anna@example.org</c>.</param>
    /// <param name="displayName">Not sent where it is empty.</param>
    public EmailAddress(string address, string displayName)
    {
        ArgumentNullException.ThrowIfNull(address);
        (Address, DisplayName) = (address, displayName);
    }

    public string Address { get; }

    public string DisplayName { get; }
}
