using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>What a fault means, by the stage in which it came.</summary>
internal static partial class SmtpAnswers
{
    /// <summary>RFC 5321 section 4.2.3: more than what is allowed, be it one message's size or a mailbox's.</summary>
    private const int TooMuch = 552;

    private const int AuthenticationRequired = 530;

    /// <summary>The server's doing, or the network's; all else is a fault of ours.</summary>
    public static bool IsOfTheWire(Exception fault) => fault
        is CommandException or ProtocolException or IOException or SocketException or TimeoutException or OperationCanceledException
        or AuthenticationException or SaslException or SslHandshakeException or NotSupportedException
        or ServiceNotAuthenticatedException or ServiceNotConnectedException;

    public static SendOutcome OutcomeOf(Exception fault, SmtpStage stage) => fault switch
    {
        SmtpCommandException refusal => OutcomeOf(refusal, stage),
        ServiceNotAuthenticatedException => new SendOutcome.RefusedForUs("The mail server asks for authentication."),
        AuthenticationException { InnerException: SmtpCommandException { StatusCode: var code } answer } when IsTemporary(code) =>
            new SendOutcome.Later(null, $"The mail server could not check the user name: {CodeOf(answer)}"),
        AuthenticationException { InnerException: SmtpCommandException answer } => new SendOutcome.RefusedForUs($"The mail server does not take the user name and password: {CodeOf(answer)}"),
        AuthenticationException => new SendOutcome.RefusedForUs("The mail server does not take the user name and password."),
        SslHandshakeException => new SendOutcome.Later(null, "The mail server's TLS handshake failed: its certificate is not trusted or does not bear its name."),
        NotSupportedException when stage == SmtpStage.Connecting => new SendOutcome.RefusedForUs("The mail server does not offer what the settings ask for: STARTTLS, or a way to sign in."),
        _ when stage < SmtpStage.Handed => new SendOutcome.Later(null, $"The connection failed {Before(stage)}: {fault.GetType().Name}"),
        _ => new SendOutcome.Unknown($"The connection failed after the e-mail was handed over: {fault.GetType().Name}"),
    };

    /// <summary>The server's own word, so there is nothing unknown about it.</summary>
    private static SendOutcome OutcomeOf(SmtpCommandException refusal, SmtpStage stage)
    {
        var (code, answer) = ((int)refusal.StatusCode, CodeOf(refusal));
        return (IsTemporary(refusal.StatusCode), stage) switch
        {
            (true, _) => new SendOutcome.Later(null, $"The mail server asks to come back {Before(stage)}: {answer}"),
            _ when code == AuthenticationRequired => new SendOutcome.RefusedForUs($"The mail server asks for authentication: {answer}"),
            (_, SmtpStage.Connecting) => new SendOutcome.RefusedForUs($"The mail server does not talk to us: {answer}"),
            (_, SmtpStage.Envelope) when code != TooMuch => new SendOutcome.RefusedForUs($"The mail server refuses the sender: {answer}"),
            (_, SmtpStage.Recipient) => new SendOutcome.Refused($"The mail server refuses the recipient: {answer}"),
            _ => new SendOutcome.Refused($"The mail server refuses the e-mail: {answer}"),
        };
    }

    private static bool IsTemporary(SmtpStatusCode code) => (int)code is >= 400 and < 500;

    /// <summary>The enhanced code (RFC 3463) where there is one, else the plain one; nothing of the text, which may repeat the address.</summary>
    private static string CodeOf(SmtpCommandException answer) =>
        EnhancedCode.Match(answer.Message) is { Success: true, Value: var code } ? code : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);

    private static string Before(SmtpStage stage) => stage switch
    {
        SmtpStage.Connecting => "at the greeting",
        SmtpStage.Envelope => "at the sender",
        SmtpStage.Recipient => "at the recipient",
        SmtpStage.Data => "in the middle of the e-mail",
        _ => "after the e-mail",
    };

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex EnhancedCode { get; }
}
