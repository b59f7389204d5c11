using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>Which servers' certificates are taken: the system's authorities count, and those that a setting adds. The name must fit in any case.</summary>
internal sealed class SmtpTrust(X509Certificate2Collection added)
{
    /// <param name="file">PEM; <see langword="null"/>: the system's authorities alone.</param>
    public static SmtpTrust Of(string? file) => new(file is null ? [] : Load(file));

    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds something else.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public static X509Certificate2Collection Load(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates;
    }

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors when added.Count > 0 && certificate is not null => EndsInAdded(certificate, chain),
        _ => false,
    };

    private bool EndsInAdded(X509Certificate certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(added);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
