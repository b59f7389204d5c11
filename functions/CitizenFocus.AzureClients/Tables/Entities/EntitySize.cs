namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// An entity's size as the service counts it: 4 bytes, the keys in UTF-16, and for each property 8 bytes, its name in
/// UTF-16, and its value. https://learn.microsoft.com/archive/blogs/avkashchauhan/how-the-size-of-an-entity-is-caclulated-in-windows-azure-table-storage
/// </summary>
internal struct EntitySize(string partitionKey, string rowKey)
{
    public int Bytes { get; private set; } = 4 + (sizeof(char) * (partitionKey.Length + rowKey.Length));

    public int Properties { get; private set; }

    public void Add(string name, int valueBytes)
    {
        Properties++;
        Bytes += 8 + (sizeof(char) * name.Length) + valueBytes;
    }
}
