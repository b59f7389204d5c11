using System.Security.Cryptography;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <inheritdoc/>
internal sealed class SmtpOptionsValidator(IConfiguration configuration)
    : SenderOptionsValidator<SmtpOptions>(configuration, EmailProviders.Smtp, SmtpOptions.Section)
{
    protected override IEnumerable<string> FaultsOf(SmtpOptions options)
    {
        if (options.Host.Length == 0)
        {
            yield return $"Set {Variable(nameof(SmtpOptions.Host))} to the mail server's name, such as smtp.example.org, or take {EmailProviders.Smtp} out of {ProvidersVariable}.";
        }
        else if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return $"{Variable(nameof(SmtpOptions.Host))} is no host name. Set it to the mail server's alone, such as smtp.example.org; the port stands in {Variable(nameof(SmtpOptions.Port))}.";
        }

        if (options.UserName is null != options.Password is null)
        {
            yield return $"Set both {Variable(nameof(SmtpOptions.UserName))} and {Variable(nameof(SmtpOptions.Password))}, or neither where the server asks for none.";
        }

        if (options is { Security: SmtpSecurity.None, Password: not null } && !IsLoopback(options.Host))
        {
            yield return $"{Variable(nameof(SmtpOptions.Security))} is none, so the password would cross the network for all to read. Set it to starttls or tls; only a server on this machine may do without.";
        }

        if (options.CertificateFile is { } file && !IsReadable(file))
        {
            yield return $"{Variable(nameof(SmtpOptions.CertificateFile))} must name a PEM file with one certificate or more. Remove it where the server's certificate comes from a public authority.";
        }
    }

    private static bool IsLoopback(string host) => Uri.TryCreate($"smtp://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}", UriKind.Absolute, out var url) && url.IsLoopback;

    private static bool IsReadable(string file)
    {
        try
        {
            return SmtpTrust.Load(file).Count > 0;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
