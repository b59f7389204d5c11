using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>What every row of a table has. The clients read and write <see cref="TableEntity"/> only.</summary>
public interface ITableEntity
{
    /// <inheritdoc cref="TableEntity.PartitionKey"/>
    string PartitionKey { get; set; }

    /// <inheritdoc cref="TableEntity.RowKey"/>
    string RowKey { get; set; }

    /// <inheritdoc cref="TableEntity.Timestamp"/>
    DateTimeOffset? Timestamp { get; set; }

    /// <inheritdoc cref="TableEntity.ETag"/>
    ETag ETag { get; set; }
}
