using System.Text.Json;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// The body of an entity group transaction: a multipart of one change set, each part of which is a request in full.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal readonly struct TransactionWriter(PooledBufferWriter body, string tableAddress)
{
    /// <summary>A boundary cannot occur in a part: JSON has no line breaks of its own, and keys are encoded.</summary>
    public const string ContentType = "multipart/mixed; boundary=batch_1";

    /// <returns>How many operations there are.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="TableTransactionFailedException">The service would refuse it; see <see cref="ServiceLimits"/>.</exception>
    public int Write(IEnumerable<TableTransactionAction> actions)
    {
        var rowKeys = new HashSet<string>(StringComparer.Ordinal);
        string? partition = null;
        var entityAddress = "";
        var count = 0;
        using var json = new Utf8JsonWriter(body, EntityWriter.JsonOptions);

        body.Write("--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n"u8);
        foreach (var action in actions)
        {
            ServiceLimits.CheckOperationCount(count);
            var entity = TableClient.Supported(action.Entity);
            try
            {
                var (partitionKey, rowKey) = entity.CheckedKeys();
                if (partition is null)
                {
                    partition = partitionKey;
                    entityAddress = tableAddress + EntityPath.BeforeRowKey(partitionKey);
                }

                ServiceLimits.CheckPartition(count, partition, partitionKey);
                if (!rowKeys.Add(rowKey))
                {
                    throw ServiceLimits.BadRequest(
                        "InvalidDuplicateRow",
                        $"{count}:A command with RowKey '{rowKey}' is already present in the batch. An entity can appear only once in a batch.");
                }

                WriteOperation(action, entity, entityAddress, json);
            }
            catch (RequestFailedException error) when (error is not TableTransactionFailedException)
            {
                throw TableTransactionFailedException.At(count, error);
            }

            count++;
        }

        body.Write("--changeset_1--\r\n--batch_1--\r\n"u8);
        return count > 0 ? count : throw new InvalidOperationException("The batch contains no entity operations.");
    }

    private void WriteOperation(TableTransactionAction action, TableEntity entity, string entityAddress, Utf8JsonWriter json)
    {
        body.Write("--changeset_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8);
        body.Write(action.ActionType switch
        {
            TableTransactionActionType.Add => "POST "u8,
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH "u8,
            TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT "u8,
            TableTransactionActionType.Delete => "DELETE "u8,
            _ => throw new NotSupportedException($"{action.ActionType} is no operation of a transaction."),
        });
        if (action.ActionType == TableTransactionActionType.Add)
        {
            body.Write(tableAddress);
        }
        else
        {
            body.Write(entityAddress);
            body.Write(EntityPath.FromRowKey(entity.RowKey));
        }

        body.Write(" HTTP/1.1\r\nDataServiceVersion: 3.0\r\nAccept: application/json;odata=minimalmetadata\r\n"u8);
        WriteCondition(action);
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            body.Write("\r\n\r\n"u8);
            return;
        }

        body.Write("Prefer: return-no-content\r\nContent-Type: application/json\r\n\r\n"u8);
        json.Reset();
        EntityWriter.Write(json, entity);
        json.Flush();
        body.Write("\r\n"u8);
    }

    private void WriteCondition(TableTransactionAction action)
    {
        var condition = action.ActionType switch
        {
            TableTransactionActionType.Add or TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpsertReplace => default,

            // The service deletes on condition only: https://learn.microsoft.com/rest/api/storageservices/delete-entity1
            TableTransactionActionType.Delete when action.ETag == default => ETag.All,
            _ => action.ETag,
        };
        if (condition == default)
        {
            return;
        }

        var text = condition.ToString();
        if (text.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new FormatException("An ETag cannot have a line break.");
        }

        body.Write("If-Match: "u8);
        body.Write(text);
        body.Write("\r\n"u8);
    }
}
