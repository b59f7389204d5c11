namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>Makes, for tests, the models that otherwise only a client makes.</summary>
public static class EmailModelFactory
{
    public static EmailSendResult EmailSendResult(string? id = null, EmailSendStatus status = default) => new(id!, status);
}
