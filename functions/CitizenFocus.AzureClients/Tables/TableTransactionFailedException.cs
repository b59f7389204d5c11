using System.Globalization;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>A transaction was refused; none of its operations was applied.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>The key under which <see cref="Exception.Data"/> has the failing operation's index.</summary>
    internal const string FailedEntityKey = "FailedEntity";

    /// <param name="requestFailedException">The failing operation's error.</param>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys)
        {
            Data[key] = requestFailedException.Data[key];
        }

        if (int.TryParse(Data[FailedEntityKey] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            FailedTransactionActionIndex = index;
        }
    }

    /// <summary>Where the operation that failed stands among those submitted, from 0; null where the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; }

    /// <summary>The error that the service answers for the operation at <paramref name="index"/>.</summary>
    internal static TableTransactionFailedException At(int index, RequestFailedException error)
    {
        error.Data[FailedEntityKey] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(error);
    }
}
