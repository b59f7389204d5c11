using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>Section <c>Smtp</c> of the configuration.</summary>
internal sealed record SmtpOptions
{
    public const string Section = "Smtp";
    public const int DefaultPort = 587;

    private const int Most = 10_000_000;

    /// <summary>Required of who sends by SMTP.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = DefaultPort;

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary><see langword="null"/>: the server asks for none.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>A PEM file with certificates that are trusted beside the system's: for a relay whose authority is one's own.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>0: no limit; <see langword="null"/>: that of <see cref="EmailOptions.Rate"/>.</summary>
    public int? MessagesPerMinute { get; init; }

    /// <inheritdoc cref="MessagesPerMinute"/>
    public int? MessagesPerHour { get; init; }

    public SendingRate RateOr(SendingRate otherwise) => new(
        MessagesPerMinute is { } perMinute ? NoneIfZero(perMinute) : otherwise.PerMinute,
        MessagesPerHour is { } perHour ? NoneIfZero(perHour) : otherwise.PerHour);

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
        MessagesPerMinute = Limit(settings, nameof(MessagesPerMinute)),
        MessagesPerHour = Limit(settings, nameof(MessagesPerHour)),
    };

    /// <summary>A record's own <c>ToString</c> would write the password.</summary>
    public override string ToString() => $"{nameof(SmtpOptions)} {Host}:{Port}";

    private static int? Limit(Settings settings, string name) => settings.Text(name) is null ? null : settings.Integer(name, 0, 0, Most);

    private static int? NoneIfZero(int limit) => limit > 0 ? limit : null;
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
