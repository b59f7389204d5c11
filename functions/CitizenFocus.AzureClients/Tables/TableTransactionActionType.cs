namespace CitizenFocus.AzureClients.Tables;

/// <summary>What one operation of a transaction does.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; the transaction fails with 409 where the row exists.</summary>
    Add = 0,

    /// <summary>Merges into the row that the ETag names. Without an ETag the service inserts where there is no row.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces the row that the ETag names. Without an ETag the service inserts where there is no row.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes; without an ETag whatever the row's version is. The transaction fails with 404 where there is none.</summary>
    Delete = 3,

    /// <summary>Merges into the row, or inserts it.</summary>
    UpsertMerge = 4,

    /// <summary>Replaces the row, or inserts it.</summary>
    UpsertReplace = 5,
}
