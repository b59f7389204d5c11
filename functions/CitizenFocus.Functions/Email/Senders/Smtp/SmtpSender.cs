using CitizenFocus.Functions.Email.Quotas;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

/// <summary>
/// Hands e-mails to a mail server (RFC 5321, RFC 6409). The protocol knows no name for an attempt, so whoever got no answer
/// after the last octet cannot ask.
/// </summary>
internal sealed class SmtpSender(SmtpOptions options, EmailOptions email, TimeProvider clock) : IEmailSender, IAsyncDisposable
{
    /// <summary>
    /// From the first octet to the last answer. RFC 5321 section 4.5.3.2 would wait ten minutes for that answer; but a
    /// function may be stopped sooner, and three are more than servers take.
    /// </summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(3);

    private readonly SmtpConnections _connections = new(options, email.MessageIdDomain, clock);

    public string Name => EmailProviders.Smtp;

    public UnknownSettlement Settlement => UnknownSettlement.ByClass;

    public TimeSpan Lease { get; } = LongestAttempt + TimeSpan.FromSeconds(30);

    public SendingRate Rate { get; } = options.RateOr(email.Rate);

    /// <summary>How many connections wait for the next e-mail.</summary>
    public int IdleConnections => _connections.Idle;

    public async Task<SendOutcome> SendAsync(OutgoingEmail outgoing, CancellationToken cancellationToken)
    {
        using var mime = MimeWriter.Compose(outgoing.Message, email);
        using var limit = new CancellationTokenSource(LongestAttempt, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        SmtpConnection? connection = null;
        try
        {
            connection = await _connections.FindIdleAsync(either.Token);
            if (connection is null)
            {
                connection = _connections.Create();
                await _connections.OpenAsync(connection, either.Token);
            }

            await connection.SendAsync(mime, either.Token);
            _connections.Keep(connection);
            return new SendOutcome.Accepted(null);
        }
        catch (Exception fault) when (SmtpAnswers.IsOfTheWire(fault))
        {
            var stage = connection?.Stage ?? SmtpStage.Connecting;

            // Whatever went wrong, another e-mail begins afresh.
            connection?.Dispose();
            if (fault is OperationCanceledException && cancellationToken.IsCancellationRequested && stage < SmtpStage.Handed) throw;
            return SmtpAnswers.OutcomeOf(fault, stage);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();
}
