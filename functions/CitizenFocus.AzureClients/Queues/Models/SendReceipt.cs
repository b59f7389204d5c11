namespace CitizenFocus.AzureClients.Queues.Models;

/// <summary>What the service says of a message that was sent.</summary>
public class SendReceipt
{
    internal SendReceipt(
        string messageId,
        DateTimeOffset insertionTime,
        DateTimeOffset expirationTime,
        string popReceipt,
        DateTimeOffset timeNextVisible)
    {
        MessageId = messageId;
        InsertionTime = insertionTime;
        ExpirationTime = expirationTime;
        PopReceipt = popReceipt;
        TimeNextVisible = timeNextVisible;
    }

    /// <summary>A GUID, given by the service.</summary>
    public string MessageId { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset InsertionTime { get; }

    /// <summary>When it goes away; 9999-12-31 means never.</summary>
    public DateTimeOffset ExpirationTime { get; }

    /// <summary>Lets the sender change or delete it until somebody receives it.</summary>
    public string PopReceipt { get; }

    /// <summary>When it can be received.</summary>
    public DateTimeOffset TimeNextVisible { get; }
}
