namespace CitizenFocus.AzureClients.Tables;

/// <summary>What becomes of properties that the row has and the given entity has not.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
