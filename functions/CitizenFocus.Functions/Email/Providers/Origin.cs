namespace CitizenFocus.Functions.Email.Providers;

/// <summary>
/// The storage account that the data is at home in. What was restored or imported into another one may be hours old, and the
/// site that it comes from may still be sending: such a site starts paused, until an organiser lets it go on.
/// </summary>
internal static class Origin
{
    private const string Account = "Account";

    public static TableEntity ToEntity(string account) => new(SendingTable.Partition, SendingTable.Origin) { ["SchemaVersion"] = 1, [Account] = account };

    /// <returns><see langword="null"/> where it is at home.</returns>
    public static Pause? WhyPaused(TableEntity origin, string account) => origin.GetString(Account) is { } home && home != account
        ? new($"This data comes from the storage account {home}. See that nothing is sent from there any more, then resume.", origin.Timestamp ?? default)
        : null;
}
