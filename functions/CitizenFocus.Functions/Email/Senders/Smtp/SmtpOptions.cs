using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>Section <c>Smtp</c> of the configuration.</summary>
internal sealed record SmtpOptions
{
    public const string Section = "Smtp";
    public const int DefaultPort = 587;

    /// <summary>Required of who sends by SMTP.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = DefaultPort;

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary><see langword="null"/>: the server asks for none.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>A PEM file with certificates that are trusted beside the system's: for a relay whose authority is one's own.</summary>
    public string? CertificateFile { get; init; }

    public SendingLimits Limits { get; init; } = SendingLimits.NotSet;

    public SendingRate RateOr(SendingRate otherwise) => Limits.Or(otherwise);

    public static SmtpOptions Read(Settings settings) => new()
    {
        Host = settings.Text(nameof(Host)) ?? "",
        Port = settings.Integer(nameof(Port), DefaultPort, 1, 65535),
        Security = settings.Choice(nameof(Security), "starttls", ["starttls", "tls", "none"]) switch
        {
            "tls" => SmtpSecurity.Tls,
            "none" => SmtpSecurity.None,
            _ => SmtpSecurity.StartTls,
        },
        UserName = settings.Text(nameof(UserName)),
        Password = settings.Text(nameof(Password)),
        CertificateFile = settings.Text(nameof(CertificateFile)),
        Limits = SendingLimits.Read(settings),
    };

    /// <summary>A record's own <c>ToString</c> would write the password.</summary>
    public override string ToString() => $"{nameof(SmtpOptions)} {Host}:{Port}";
}

internal enum SmtpSecurity
{
    /// <summary>The connection turns to TLS before anything is told (RFC 3207); a server that cannot is not written to.</summary>
    StartTls,

    /// <summary>TLS from the first octet (RFC 8314), on port 465 as a rule.</summary>
    Tls,

    /// <summary>For a relay on the same machine, or in a network of one's own.</summary>
    None,
}
