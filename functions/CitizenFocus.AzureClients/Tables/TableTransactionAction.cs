using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>One operation of a transaction, see <see cref="TableClient.SubmitTransactionAsync"/>.</summary>
public class TableTransactionAction
{
    /// <summary>An operation that asks for no particular version of the row.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The row; for <see cref="TableTransactionActionType.Delete"/> its keys are enough.</param>
    /// <param name="etag">
    /// The version that the row must have, <see cref="ETag.All"/> for any. Of meaning to updates and deletes only; the
    /// entity's own ETag is not looked at.
    /// </param>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    public TableTransactionActionType ActionType { get; }

    public ITableEntity Entity { get; }

    public ETag ETag { get; }
}
