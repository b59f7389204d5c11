namespace CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

/// <summary>The body of mail/send; a member that is null is left out.</summary>
public class SendGridMessage
{
    public EmailAddress? From { get; set; }

    public string? Subject { get; set; }

    /// <summary>1 to 1,000, with as many recipients in all, each of whom gets a mail of their own.</summary>
    public List<Personalization>? Personalizations { get; set; }

    /// <summary>text/plain first, then text/html, then others.</summary>
    public List<Content>? Contents { get; set; }

    public List<Attachment>? Attachments { get; set; }

    /// <summary>Of all mails of the call; those of a personalization come on top.</summary>
    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>At most 10.</summary>
    public List<string>? Categories { get; set; }

    /// <summary>Come back in each event.</summary>
    public Dictionary<string, string>? CustomArgs { get; set; }

    public MailSettings? MailSettings { get; set; }

    public TrackingSettings? TrackingSettings { get; set; }

    public EmailAddress? ReplyTo { get; set; }

    /// <summary>The JSON that is sent.</summary>
    public string Serialize(bool useDefaultSerialization = true) => MailJson.Write(this);
}
