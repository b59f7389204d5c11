namespace CitizenFocus.AzureClients.Queues.Models;

/// <summary>A message that was looked at and left in the queue.</summary>
public class PeekedMessage
{
    internal PeekedMessage(
        string messageId, BinaryData body, long dequeueCount, DateTimeOffset? insertedOn, DateTimeOffset? expiresOn)
    {
        MessageId = messageId;
        Body = body;
        DequeueCount = dequeueCount;
        InsertedOn = insertedOn;
        ExpiresOn = expiresOn;
    }

    /// <summary>A GUID, given by the service.</summary>
    public string MessageId { get; }

    /// <summary>The body as UTF-8 text.</summary>
    public string MessageText => Body.ToString();

    /// <summary>The body, decoded.</summary>
    public BinaryData Body { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? InsertedOn { get; }

    /// <summary>When it goes away; 9999-12-31 means never.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>How often it was received.</summary>
    public long DequeueCount { get; }
}
