namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>An e-mail to be sent.</summary>
public class EmailMessage
{
    /// <param name="senderAddress">Of a domain that is verified and linked to the resource.</param>
    /// <param name="recipientAddress">The only recipient.</param>
    /// <param name="content">What it says.</param>
    public EmailMessage(string senderAddress, string recipientAddress, EmailContent content)
        : this(senderAddress, new EmailRecipients([new EmailAddress(recipientAddress)]), content)
    {
    }

    /// <inheritdoc cref="EmailMessage(string, string, EmailContent)"/>
    public EmailMessage(string senderAddress, EmailRecipients recipients, EmailContent content)
    {
        ArgumentNullException.ThrowIfNull(senderAddress);
        ArgumentNullException.ThrowIfNull(recipients);
        ArgumentNullException.ThrowIfNull(content);
        (SenderAddress, Recipients, Content) = (senderAddress, recipients, content);
    }

    public string SenderAddress { get; }

    public EmailRecipients Recipients { get; }

    public EmailContent Content { get; }

    /// <summary>Fields of the e-mail's header, by name.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public IList<EmailAttachment> Attachments { get; } = [];

    public IList<EmailAddress> ReplyTo { get; } = [];

    /// <summary>Whether opens and clicks go unwatched, whatever the domain's own setting; <see langword="null"/>: as that says.</summary>
    public bool? UserEngagementTrackingDisabled { get; set; }
}
