namespace CitizenFocus.AzureClients.Queues.Models;

/// <summary>A message that was received: whoever holds its receipt may change and delete it.</summary>
public class QueueMessage
{
    internal QueueMessage(
        string messageId,
        string popReceipt,
        BinaryData body,
        long dequeueCount,
        DateTimeOffset? nextVisibleOn,
        DateTimeOffset? insertedOn,
        DateTimeOffset? expiresOn)
    {
        MessageId = messageId;
        PopReceipt = popReceipt;
        Body = body;
        DequeueCount = dequeueCount;
        NextVisibleOn = nextVisibleOn;
        InsertedOn = insertedOn;
        ExpiresOn = expiresOn;
    }

    /// <summary>A GUID, given by the service.</summary>
    public string MessageId { get; }

    /// <summary>Proves that it was received last by us; good until it is received again.</summary>
    public string PopReceipt { get; }

    /// <summary>The body as UTF-8 text.</summary>
    public string MessageText => Body.ToString();

    /// <summary>The body, decoded.</summary>
    public BinaryData Body { get; }

    /// <summary>When others can receive it.</summary>
    public DateTimeOffset? NextVisibleOn { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? InsertedOn { get; }

    /// <summary>When it goes away; 9999-12-31 means never.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>How often it was received, this time included.</summary>
    public long DequeueCount { get; }

    /// <summary>The same message with an update's receipt and time.</summary>
    public QueueMessage Update(UpdateReceipt updated) =>
        new(MessageId, updated.PopReceipt, Body, DequeueCount, updated.NextVisibleOn, InsertedOn, ExpiresOn);
}
