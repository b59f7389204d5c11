using System.Security.Cryptography;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>Only where mail goes by SMTP: else the section may be as it will.</summary>
internal sealed class SmtpOptionsValidator(IConfiguration configuration) : IValidateOptions<SmtpOptions>
{
    private const string Providers = EmailOptions.Section + ":" + nameof(EmailOptions.Providers);

    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var faults = IsUsed() ? FaultsOf(options).ToList() : [];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private bool IsUsed() => (configuration[Providers] ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(EmailProviders.Smtp);

    private static IEnumerable<string> FaultsOf(SmtpOptions options)
    {
        if (options.Host.Length == 0)
        {
            yield return $"Set {Variable(nameof(SmtpOptions.Host))} to the mail server's name, such as smtp.example.org, or take {EmailProviders.Smtp} out of {Settings.Variable(EmailOptions.Section, nameof(EmailOptions.Providers))}.";
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

    private static string Variable(string name) => Settings.Variable(SmtpOptions.Section, name);
}
