using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>
/// A stranger's https server on this machine, under the name <c>feeds.example</c>; <see cref="Rules"/> let the app reach it,
/// and nothing else that is not public.
/// </summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private const string Host = "feeds.example";

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private FeedServer(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    /// <summary>What it answers.</summary>
    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>What other names lead to.</summary>
    public Dictionary<string, IPAddress[]> Names { get; } = new(StringComparer.Ordinal);

    public FetchRules Rules => new()
    {
        MayConnect = address => address.Equals(IPAddress.Loopback) || FetchRules.IsPublic(address),
        ResolveAsync = (name, _) => Task.FromResult(name == Host ? [IPAddress.Loopback] : Names.GetValueOrDefault(name) ?? []),
        Tls = new() { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString() },
    };

    public static async Task<FeedServer> StartAsync()
    {
        var certificate = Certificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new FeedServer(app, certificate);
        app.Run(context =>
        {
            server.Requests++;
            return server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public Uri Url(string path, string host = Host) => new($"https://{host}:{new Uri(_app.Urls.Single()).Port}{path}");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var made = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
