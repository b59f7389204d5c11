using System.Collections.Concurrent;
using System.Net;
using MailKit.Security;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>Connections to the server. A few that worked stay open for the next e-mail, since greeting, TLS and authentication cost more than the mail itself.</summary>
internal sealed class SmtpConnections : IAsyncDisposable
{
    /// <summary>Servers allow few from one client, and close what idles for minutes.</summary>
    public const int MostIdle = 4;

    public static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(30);

    private readonly SmtpOptions _options;
    private readonly string _clientName;
    private readonly SmtpTrust _trust;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private readonly ConcurrentStack<SmtpConnection> _idle = new();

    /// <summary>Held by whoever puts connections back, so that they stay few.</summary>
    private readonly Lock _keeping = new();

    /// <param name="clientName">What we call ourselves: a domain name (RFC 5321 section 4.1.1.1).</param>
    public SmtpConnections(SmtpOptions options, string clientName, TimeProvider clock)
    {
        (_options, _clientName, _clock, _trust) = (options, clientName, clock, SmtpTrust.Of(options.CertificateFile));
        _sweep = clock.CreateTimer(_ => Sweep(), null, LongestIdle, LongestIdle);
    }

    public int Idle => _idle.Count;

    /// <summary>One that is open and was of use a moment ago; <see langword="null"/>: none is.</summary>
    public async Task<SmtpConnection?> FindIdleAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out var connection))
        {
            if (!IsStale(connection) && await AnswersAsync(connection, cancellationToken)) return connection;
            connection.Dispose();
        }

        return null;
    }

    public SmtpConnection Create() => new()
    {
        LocalDomain = _clientName,
        ServerCertificateValidationCallback = _trust.IsTrusted,

        // As .NET's own clients: a list that cannot be fetched would stop all mail.
        CheckCertificateRevocation = false,
        Timeout = (int)SmtpSender.LongestAttempt.TotalMilliseconds,
    };

    /// <summary>Greets, secures, and signs in.</summary>
    public async Task OpenAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        await connection.ConnectAsync(_options.Host, _options.Port, Security, cancellationToken);
        if (_options is { UserName: { } user, Password: { } password }) await connection.AuthenticateAsync(new NetworkCredential(user, password), cancellationToken);
    }

    /// <summary>Takes back one that has just delivered.</summary>
    public void Keep(SmtpConnection connection)
    {
        connection.IdleSince = _clock.GetTimestamp();
        lock (_keeping)
        {
            if (_idle.Count < MostIdle && connection.IsConnected)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        while (_idle.TryPop(out var connection)) connection.Dispose();
    }

    private SecureSocketOptions Security => _options.Security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private bool IsStale(SmtpConnection connection) => _clock.GetElapsedTime(connection.IdleSince) >= LongestIdle;

    /// <summary>The server may have hung up meanwhile, which is no fault of the e-mail's.</summary>
    private static async Task<bool> AnswersAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception)
        {
            // Cancelled or not, nothing is lost with it: whoever goes on opens another.
            return false;
        }
    }

    private void Sweep()
    {
        lock (_keeping)
        {
            var live = new List<SmtpConnection>();
            while (_idle.TryPop(out var connection))
            {
                if (IsStale(connection)) connection.Dispose();
                else live.Add(connection);
            }

            foreach (var connection in Enumerable.Reverse(live)) _idle.Push(connection);
        }
    }
}
