using CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>SendGrid's Web API v3, as far as it is used here: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send</summary>
public interface ISendGridClient
{
    /// <summary>One call of <c>POST /v3/mail/send</c>: the mail of each personalization, all of them or none.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default);
}
