using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues.Models;

/// <summary>What the service says of a message that was updated.</summary>
public class UpdateReceipt
{
    internal UpdateReceipt(string popReceipt, DateTimeOffset nextVisibleOn)
    {
        PopReceipt = popReceipt;
        NextVisibleOn = nextVisibleOn;
    }

    /// <summary>When the message can be received.</summary>
    public DateTimeOffset NextVisibleOn { get; }

    /// <summary>Takes the place of the receipt that the update was made with.</summary>
    public string PopReceipt { get; }

    internal static UpdateReceipt From(ResponseHeaders headers) =>
        new(headers.GetString("x-ms-popreceipt") ?? "", headers.GetDate("x-ms-time-next-visible"));
}
