namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Where an entity is, as its address ends: <c>(PartitionKey='…',RowKey='…')</c>, with a quote in a key doubled and
/// all but unreserved characters percent-encoded.
/// https://learn.microsoft.com/rest/api/storageservices/addressing-table-service-resources
/// </summary>
internal static class EntityPath
{
    public static string Of(string partitionKey, string rowKey) =>
        BeforeRowKey(partitionKey) + FromRowKey(rowKey);

    /// <summary>What the addresses of a partition's entities have in common.</summary>
    public static string BeforeRowKey(string partitionKey) => $"(PartitionKey='{Escape(partitionKey)}',RowKey='";

    public static string FromRowKey(string rowKey) => $"{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
