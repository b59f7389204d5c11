using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues.Models;

/// <summary>A queue's metadata and size.</summary>
public class QueueProperties
{
    /// <summary>Names are compared without regard to case.</summary>
    public IDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>No fewer messages than there are, invisible ones included, but possibly more.</summary>
    /// <exception cref="OverflowException">There are over 2,147,483,647.</exception>
    public int ApproximateMessagesCount => checked((int)ApproximateMessagesCountLong);

    /// <inheritdoc cref="ApproximateMessagesCount"/>
    public long ApproximateMessagesCountLong { get; internal init; }

    internal static QueueProperties From(ResponseHeaders headers) => new()
    {
        Metadata = headers.GetMetadata(),
        ApproximateMessagesCountLong = headers.GetInt64("x-ms-approximate-messages-count"),
    };
}
