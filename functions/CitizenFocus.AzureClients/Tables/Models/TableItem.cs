namespace CitizenFocus.AzureClients.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem
{
    public TableItem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>3 to 63 letters and digits, the first a letter. Unique in the account without regard to case.</summary>
    public string Name { get; }
}
