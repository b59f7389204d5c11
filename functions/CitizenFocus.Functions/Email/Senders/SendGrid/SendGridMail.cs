using System.Globalization;
using System.Text;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <summary>E-mails in SendGrid's words.</summary>
internal static class SendGridMail
{
    /// <summary>In all, attachments and base64 included.</summary>
    /// <remarks>https://www.twilio.com/docs/sendgrid/for-developers/sending-email/v3-mail-send-faq</remarks>
    public const int MaxOctets = 30 * 1024 * 1024;

    /// <summary>Names of the custom arguments that lead an event back to its row.</summary>
    public const string PersonArgument = "person";
    public const string KeyArgument = "key";

    // Base64 makes four octets of three; what else is in a mail is small beside that.
    private const int Overhead = 64 * 1024;

    public static SendGridMessage Of(OutgoingEmail outgoing, EmailOptions email, bool tracksReaders)
    {
        var message = outgoing.Message;
        var mail = Common(message, email, tracksReaders);
        mail.Headers = EmailHeaders.Of(message, email).ToDictionary();
        mail.Personalizations =
        [
            new()
            {
                Tos = [Address(message.To, message.ToName)],
                CustomArgs = Arguments(outgoing.Person.Value, outgoing.Key),
            },
        ];
        return mail;
    }

    public static SendGridMessage Of(BulkEmail bulk, EmailOptions email, bool tracksReaders)
    {
        var mail = Common(bulk.Template, email, tracksReaders);
        mail.Headers = EmailHeaders.Common(bulk.Template, email).ToDictionary();
        mail.Personalizations =
        [
            .. bulk.Recipients.Select(recipient => new Personalization
            {
                Tos = [Address(recipient.To, null)],
                Headers = new Dictionary<string, string>(EmailHeaders.WayOut(bulk.Template.IsBulk, recipient.UnsubscribeUrl))
                {
                    [EmailHeaders.MessageId] = $"<{EmailHeaders.CheckedId(recipient.MessageId)}>",
                },
                Substitutions = recipient.Substitutions.ToDictionary(),
                CustomArgs = Arguments(recipient.Person.Value, recipient.Key),
            }),
        ];
        return mail;
    }

    public static bool IsTooLarge(EmailMessage message) =>
        Encoding.UTF8.GetByteCount(message.Text) + Encoding.UTF8.GetByteCount(message.Html)
        + (message.Calendar is { } calendar ? Encoding.UTF8.GetByteCount(calendar.Content) * 7L / 3 : 0) + Overhead > MaxOctets;

    private static SendGridMessage Common(EmailMessage message, EmailOptions email, bool tracksReaders)
    {
        var identity = email.IdentityOf(message.Kind);
        return new()
        {
            From = Address(identity.From, identity.Name),
            ReplyTo = (message.ReplyTo ?? identity.ReplyTo) is { } replyTo ? Address(replyTo, null) : null,
            Subject = HeaderText.Of(message.Subject),
            Contents =
            [
                new("text/plain", message.Text),
                new("text/html", message.Html),
                .. message.Calendar is { } calendar ? [new Content($"text/calendar; method={calendar.Method}", calendar.Content)] : Array.Empty<Content>(),
            ],
            Attachments = message.Calendar is { } file
                ? [new() { Content = Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Content)), Type = "application/ics", Filename = "invite.ics", Disposition = "attachment" }]
                : null,
            Categories = message.Kind is { } kind ? [kind] : null,
            TrackingSettings = new()
            {
                ClickTracking = new() { Enable = tracksReaders, EnableText = false },
                OpenTracking = new() { Enable = tracksReaders },
            },
        };
    }

    private static SendGridEmailAddress Address(EmailAddress address, string? name) =>
        new(address.Value, name is null ? null : HeaderText.Of(name) is { Length: > 0 } line ? line : null);

    private static Dictionary<string, string> Arguments(string person, DeliveryKey key) => new()
    {
        [PersonArgument] = person,
        [KeyArgument] = key.Value.ToString(CultureInfo.InvariantCulture),
    };
}
