namespace CitizenFocus.AzureClients.Queues;

/// <summary>How a message's body is represented on the wire.</summary>
public enum QueueMessageEncoding
{
    /// <summary>As UTF-8 text; what XML 1.0 cannot hold is refused by the service.</summary>
    None,

    /// <summary>As base64, which holds any bytes, and which the Functions host expects by default.</summary>
    Base64,
}
