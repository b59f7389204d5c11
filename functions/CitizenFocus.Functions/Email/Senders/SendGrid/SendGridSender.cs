using CitizenFocus.Functions.Email.Quotas;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <summary>Hands e-mails to SendGrid; one for many people in one call.</summary>
internal sealed class SendGridSender : IBulkEmailSender, IDisposable
{
    /// <summary>A call with a thousand recipients included.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(1);

    private readonly SendGridOptions _options;
    private readonly EmailOptions _email;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly SendGridClient _client;

    public SendGridSender(SendGridOptions options, EmailOptions email, TimeProvider clock)
    {
        (_options, _email, _clock) = (options, email, clock);
        Rate = options.Limits.Or(email.Rate);

        // The attempt has a limit of its own, by the clock that tests move.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client = new(_http, new SendGridClientOptions { ApiKey = options.ApiKey, Host = options.BaseUrl.GetLeftPart(UriPartial.Authority) });
    }

    public string Name => EmailProviders.SendGrid;

    /// <summary>Without events, silence until the deadline would prove nothing.</summary>
    public UnknownSettlement Settlement => _options.WebhookPublicKey is not null ? UnknownSettlement.AwaitReport : UnknownSettlement.ByClass;

    public TimeSpan ReportDeadline => _options.ReportDeadline;

    public TimeSpan Lease { get; } = LongestAttempt + TimeSpan.FromSeconds(30);

    public SendingRate Rate { get; }

    public int MostPerCall => 1_000;

    public Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken) => SendGridMail.IsTooLarge(email.Message)
        ? Task.FromResult<SendOutcome>(new SendOutcome.Refused("It is larger than the 30 MB that SendGrid takes."))
        : SendAsync(SendGridMail.Of(email, _email, _options.TracksReaders), cancellationToken);

    public Task<SendOutcome> SendAsync(BulkEmail email, CancellationToken cancellationToken) =>
        SendAsync(SendGridMail.Of(email, _email, _options.TracksReaders), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<SendOutcome> SendAsync(SendGridMessage mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(LongestAttempt, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await _client.SendEmailAsync(mail, either.Token);
            using var body = answer.Body;
            return await SendGridAnswers.OutcomeOfAsync(answer, _clock.GetUtcNow(), either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return SendGridAnswers.OutcomeOf(fault);
        }
    }
}
