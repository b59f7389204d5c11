using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>A connection that knows how far an e-mail has come, for by that alone one can tell what a fault means.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    public SmtpStage Stage { get; private set; } = SmtpStage.Connecting;

    /// <summary>When it was last of use, as <see cref="TimeProvider.GetTimestamp"/> has it.</summary>
    public long IdleSince { get; set; }

    /// <exception cref="Exception">Whatever goes wrong; <see cref="Stage"/> tells where.</exception>
    public async Task SendAsync(MimeMessage mime, CancellationToken cancellationToken)
    {
        Stage = SmtpStage.Envelope;
        var (sender, recipient) = (mime.From.Mailboxes.First(), mime.To.Mailboxes.First());
        await SendAsync(MimeWriter.Format, mime, sender, [recipient], cancellationToken, new Watch(this));
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Stage = SmtpStage.Recipient;

    /// <summary>MailKit begins with the first octet of the message, once the server has asked for it.</summary>
    private sealed class Watch(SmtpConnection connection) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => connection.Stage = bytesTransferred < totalSize ? SmtpStage.Data : SmtpStage.Handed;

        public void Report(long bytesTransferred) => connection.Stage = SmtpStage.Handed;
    }
}

internal enum SmtpStage
{
    /// <summary>Greeting, TLS, authentication.</summary>
    Connecting,

    /// <summary>MAIL FROM.</summary>
    Envelope,

    /// <summary>RCPT TO, and DATA up to the server's consent.</summary>
    Recipient,

    /// <summary>A part of the message is out. Without its end no server takes it (RFC 5321 section 4.1.1.4).</summary>
    Data,

    /// <summary>All of the message may be out, its end included.</summary>
    Handed,
}
