namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>What an e-mail says: a subject, and plain text, HTML, or both.</summary>
public class EmailContent
{
    public EmailContent(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        Subject = subject;
    }

    public string Subject { get; }

    public string? PlainText { get; set; }

    public string? Html { get; set; }
}
