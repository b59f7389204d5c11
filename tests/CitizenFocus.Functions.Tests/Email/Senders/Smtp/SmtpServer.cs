using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Tests.Support;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Email.Senders.Smtp;

/// <summary>
/// Nodemailer's SMTP server with a certificate of its own, on ports of its own; EmailTools/smtp-server.mjs says what it
/// answers to which address.
/// </summary>
public sealed class SmtpServer : IAsyncLifetime
{
    public const string UserName = "anna";
    public const string Password = "s3cret-of-anna";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smtp-");
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _hanging = new();
    private Process? _process;
    private IReadOnlyDictionary<string, int> _ports = new Dictionary<string, int>();

    /// <summary>What a client that trusts the server has in its settings.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    public string ForeignCertificateFile => Path.Combine(_folder.FullName, "foreign.pem");

    /// <param name="form"><c>starttls</c>, <c>tls</c>, <c>plain</c> (neither TLS nor authentication), <c>small</c> (at most 10,000 octets a mail), <c>busy</c> (421) or <c>closed</c> (554).</param>
    public int Port(string form) => _ports[form];

    /// <summary>Ends when the server has been told so much that it should answer that address, and does not.</summary>
    public Task HangsAsync(string address) => Hanging(address).Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>What it took, in order.</summary>
    internal IReadOnlyList<Received> Received() =>
        [.. _folder.GetFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize(File.ReadAllText(file.FullName), ReceivedJson.Default.Received)!)];

    /// <summary>What it took for an address.</summary>
    internal IReadOnlyList<Received> Received(string address) => [.. Received().Where(each => each.To.Contains(address))];

    public async Task InitializeAsync()
    {
        var key = Path.Combine(_folder.FullName, "key.pem");
        WriteCertificate(CertificateFile, key);
        WriteCertificate(ForeignCertificateFile, Path.Combine(_folder.FullName, "foreign-key.pem"));
        _process = await NodeTools.Email.StartAsync("smtp-server.mjs", _folder.FullName, key, CertificateFile);
        _ = _process.StandardError.ReadToEndAsync();
        _ports = JsonSerializer.Deserialize((await _process.StandardOutput.ReadLineAsync())!, ReceivedJson.Default.DictionaryStringInt32)!;
        _ = FollowAsync(_process.StandardOutput);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task FollowAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line) Hanging(JsonDocument.Parse(line).RootElement.GetProperty("hangs").GetString()!).TrySetResult();
    }

    private TaskCompletionSource Hanging(string address) => _hanging.GetOrAdd(address, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Self-signed, for localhost; the client's clock is the machine's, since TLS knows no other.</summary>
    private static void WriteCertificate(string file, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}

internal sealed record Received(string From, string[] To, string? User, bool Secure, string Greeting, string Connection, string Octets)
{
    public MimeMessage Read() => MimeMessage.Load(new MemoryStream(Convert.FromBase64String(Octets)));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Received))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class ReceivedJson : JsonSerializerContext;
