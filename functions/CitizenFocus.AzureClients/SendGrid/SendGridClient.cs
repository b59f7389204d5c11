using System.Net.Http.Headers;
using CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

namespace CitizenFocus.AzureClients.SendGrid;

/// <inheritdoc cref="ISendGridClient"/>
public class SendGridClient : ISendGridClient
{
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly Uri _mailSend;

    /// <param name="httpClient">Its base address is not used.</param>
    /// <exception cref="ArgumentNullException">There is no key.</exception>
    public SendGridClient(HttpClient httpClient, SendGridClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.ApiKey, nameof(options));
        _http = httpClient;
        _authorization = new("Bearer", options.ApiKey);
        _mailSend = new(new Uri(options.Host), $"/{options.Version}/mail/send");
    }

    public async Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(msg);
        using var request = new HttpRequestMessage(HttpMethod.Post, _mailSend) { Content = MailJson.Content(msg) };
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(new("application/json"));
        var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new(response.StatusCode, response.Content, response.Headers);
    }
}
