using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <content>Entity group transactions.</content>
public partial class TableClient
{
    /// <summary>Applies up to 100 operations on entities of one partition, all of them or none.</summary>
    /// <param name="transactionActions">Each entity once; 4 MiB in all.</param>
    /// <returns>The operations' answers in their order; of a write, the header ETag is the row's new version.</returns>
    /// <exception cref="TableTransactionFailedException">
    /// An operation was refused, with its index: 409 EntityAlreadyExists, 412 UpdateConditionNotSatisfied,
    /// 404 ResourceNotFound; 400 InvalidInput, CommandsInBatchActOnDifferentPartitions, InvalidDuplicateRow.
    /// </exception>
    /// <exception cref="RequestFailedException">413 RequestBodyTooLarge; the answer is cut short.</exception>
    /// <exception cref="InvalidOperationException">There is no operation.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</remarks>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var body = new PooledBufferWriter(32 * 1024);
        var operations = new TransactionWriter(body, Uri.AbsoluteUri).Write(transactionActions);

        using var message = _rest.CreateMessage(RequestMethod.Post, "/$batch", Expected.Accepted, body, TransactionWriter.ContentType);
        var response = await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(TransactionReader.Read(response, operations), response);
    }
}
