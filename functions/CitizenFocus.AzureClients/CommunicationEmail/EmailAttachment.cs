namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>A file that goes with an e-mail. A whole request may have 10 MB, in base64.</summary>
/// <remarks>https://learn.microsoft.com/azure/communication-services/concepts/email/email-attachment-allowed-mime-types</remarks>
public class EmailAttachment
{
    /// <param name="name">As the recipient sees it.</param>
    /// <param name="contentType">Its media type, one of those that the service takes.</param>
    /// <param name="content">Its octets.</param>
    public EmailAttachment(string name, string contentType, BinaryData content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(content);
        (Name, ContentType, Content) = (name, contentType, content);
    }

    public string Name { get; }

    public string ContentType { get; }

    public BinaryData Content { get; }

    /// <summary>By which the HTML shows it in place (<c>cid:</c>); <see langword="null"/>: it is a file.</summary>
    public string? ContentId { get; set; }
}
