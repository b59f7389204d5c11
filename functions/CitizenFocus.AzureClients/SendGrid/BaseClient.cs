using CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>SendGrid's Web API v3, as far as it is used here: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send</summary>
public abstract class BaseClient
{
    private readonly HttpClient _http;
    private readonly BaseClientOptions _options;
    private readonly Uri _mailSend;

    /// <param name="httpClient">Its base address is not used.</param>
    protected BaseClient(HttpClient httpClient, BaseClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(options);
        (_http, _options) = (httpClient, options);
        _mailSend = new($"{options.Host.TrimEnd('/')}/{options.Version}/mail/send");
    }

    /// <summary>One call of <c>POST /v3/mail/send</c>: the mail of each personalization, all of them or none.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(msg);
        using var request = new HttpRequestMessage(HttpMethod.Post, _mailSend) { Content = MailJson.Content(msg) };
        request.Headers.Authorization = _options.Auth;
        request.Headers.Accept.Add(new("application/json"));
        var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new(response.StatusCode, response.Content, response.Headers);
    }
}
