using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace CitizenFocus.Functions.Email.Senders;

/// <summary>Composes an e-mail as it goes over the wire. Equal messages become equal octets.</summary>
internal static class MimeWriter
{
    private const int MaxWordOctets = 45;
    private const int MaxRuneOctets = 4;

    /// <summary>CRLF line ends (RFC 5322 section 2.3) and headers in ASCII, encoded where they must be (RFC 2047).</summary>
    public static FormatOptions Format { get; } = CreateFormat();

    /// <exception cref="FormatException">The message's id is no <c>left@right</c>.</exception>
    /// <exception cref="ArgumentException">Bulk mail without a way to leave it.</exception>
    public static MimeMessage Compose(EmailMessage message, EmailOptions options)
    {
        var identity = options.IdentityOf(message.Kind);
        var mime = new MimeMessage { Date = message.Date, Subject = HeaderText.Of(message.Subject) };
        SetMailbox(mime, HeaderId.From, identity.Name, identity.From);
        SetMailbox(mime, HeaderId.To, message.ToName, message.To);
        if ((message.ReplyTo ?? identity.ReplyTo) is { } replyTo) mime.ReplyTo.Add(new MailboxAddress(null, replyTo.Value));
        foreach (var (name, value) in EmailHeaders.Of(message, options)) mime.Headers.Replace(name, value);

        mime.Body = Body(message);
        mime.Prepare(EncodingConstraint.SevenBit, maxLineLength: 76);
        return mime;
    }

    /// <summary>The octets of <see cref="Compose"/>.</summary>
    public static byte[] Write(EmailMessage message, EmailOptions options)
    {
        using var mime = Compose(message, options);
        using var buffer = new MemoryStream();
        mime.WriteTo(Format, buffer);
        return buffer.ToArray();
    }

    /// <summary>
    /// The invitation stands twice, as Google's and Microsoft's own do. As the last alternative it makes Gmail and Outlook
    /// offer the entry in place (RFC 6047 section 2.4). As a file it can be opened and kept where a client shows only the
    /// HTML; application/ics, so that no client takes it for a second invitation.
    /// </summary>
    private static MimeEntity Body(EmailMessage message)
    {
        var alternative = new MultipartAlternative
        {
            Text("plain", message.Text),
            Text("html", message.Html),
        };
        alternative.Boundary = Boundary(message, "alternative");
        if (message.Calendar is not { } calendar) return alternative;

        var invitation = Text("calendar", calendar.Content);
        invitation.ContentType.Parameters.Add("method", calendar.Method);
        alternative.Add(invitation);

        var file = new MimePart("application", "ics")
        {
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Content))),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new(ContentDisposition.Attachment),
            FileName = "invite.ics",
        };
        var mixed = new Multipart("mixed") { alternative, file };
        mixed.Boundary = Boundary(message, "mixed");
        return mixed;
    }

    private static TextPart Text(string subtype, string content)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, content.ReplaceLineEndings("\r\n"));
        return part;
    }

    /// <summary>
    /// Derived, where MimeKit's would be random, so that a mail that is written again is the same mail. No quoted-printable
    /// and no base64 line can hold "=_" (RFC 2045 section 6.7), so no part can hold the boundary.
    /// </summary>
    private static string Boundary(EmailMessage message, string part) =>
        "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part + '\n' + message.MessageId)).AsSpan(0, 16));

    /// <summary>
    /// A name beyond ASCII is encoded whole: MimeKit encodes word by word, and may set a quoted string hard beside an encoded
    /// word, where white space must stand (RFC 2047 section 5).
    /// </summary>
    private static void SetMailbox(MimeMessage mime, HeaderId field, string? name, EmailAddress address)
    {
        var text = name is null ? "" : HeaderText.Of(name);
        var mailbox = new MailboxAddress(Encoding.UTF8, text.Length == 0 ? null : text, address.Value);
        if (Ascii.IsValid(text))
        {
            (field == HeaderId.From ? mime.From : mime.To).Add(mailbox);
            return;
        }

        var header = new Header(field, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {string.Join("\r\n ", EncodedWords(text))}\r\n <{mailbox.GetAddress(idnEncode: true)}>\r\n"));
        mime.Headers.Replace(header);
    }

    /// <summary>At most 75 characters each, and none with a part of a character (RFC 2047 section 2).</summary>
    private static IEnumerable<string> EncodedWords(string text)
    {
        var word = new List<byte>();
        var octets = new byte[MaxRuneOctets];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(octets);
            if (word.Count + length > MaxWordOctets)
            {
                yield return Encoded(word);
                word.Clear();
            }

            word.AddRange(octets.AsSpan(0, length));
        }

        yield return Encoded(word);
    }

    private static string Encoded(List<byte> word) => $"=?utf-8?b?{Convert.ToBase64String([.. word])}?=";

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = false;
        return format;
    }
}
