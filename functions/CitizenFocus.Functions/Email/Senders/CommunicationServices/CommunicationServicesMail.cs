using System.Text;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <summary>An e-mail in the service's own form.</summary>
internal static class CommunicationServicesMail
{
    /// <summary>A whole request; attachments are in base64 then.</summary>
    /// <remarks>https://learn.microsoft.com/azure/communication-services/concepts/service-limits#email</remarks>
    public const int MaxOctets = 10 * 1024 * 1024;

    /// <summary>Else an attachment that the service does not like keeps back the whole mail, whose text has the same dates and links.</summary>
    /// <remarks>https://learn.microsoft.com/azure/communication-services/concepts/email/email-headers</remarks>
    private const string WithoutAnInvalidAttachment = "x-ms-acsemail-suppress-invalid-attachment";

    /// <exception cref="FormatException">The message's id is no <c>left@right</c>.</exception>
    /// <exception cref="ArgumentException">Bulk mail without a way to leave it.</exception>
    public static AcsEmailMessage Of(EmailMessage message, EmailOptions options)
    {
        var identity = options.IdentityOf(message.Kind);

        // The name beside the sender's address is the one that the resource has for it: a request cannot bring its own.
        var mail = new AcsEmailMessage(
            identity.From.Value,
            new AcsEmailRecipients([new AcsEmailAddress(message.To.Value, HeaderText.Of(message.ToName ?? ""))]),
            new AcsEmailContent(HeaderText.Of(message.Subject)) { PlainText = message.Text, Html = message.Html })
        {
            // Nobody is watched, and the links stay as they were written.
            UserEngagementTrackingDisabled = true,
        };
        if ((message.ReplyTo ?? identity.ReplyTo) is { } replyTo) mail.ReplyTo.Add(new AcsEmailAddress(replyTo.Value));

        // No field of ours is known to be refused; the service replaces a Message-ID that it takes for malformed.
        foreach (var (name, value) in EmailHeaders.Of(message, options)) mail.Headers[name] = value;
        if (message.Calendar is { } calendar)
        {
            mail.Attachments.Add(Invitation(calendar));
            mail.Headers[WithoutAnInvalidAttachment] = "true";
        }

        return mail;
    }

    /// <summary>About what the request will have, less the little around it.</summary>
    public static long OctetsOf(EmailMessage message) =>
        Encoding.UTF8.GetByteCount(message.Text) + Encoding.UTF8.GetByteCount(message.Html)
        + (message.Calendar is { Content: var content } ? (Encoding.UTF8.GetByteCount(content) + 2L) / 3 * 4 : 0);

    /// <summary>
    /// Once, where <see cref="MimeWriter"/> has it twice: the service makes attachments of everything, so both would be files
    /// in the reader's list; and of the two types only this one is among those that it lists. With the method Gmail and Outlook take it
    /// for an invitation (RFC 6047 section 2.4).
    /// </summary>
    /// <remarks>https://learn.microsoft.com/azure/communication-services/concepts/email/email-attachment-allowed-mime-types</remarks>
    private static AcsEmailAttachment Invitation(CalendarPart calendar) =>
        new("invite.ics", $"text/calendar; charset=utf-8; method={calendar.Method}", BinaryData.FromString(calendar.Content));
}
