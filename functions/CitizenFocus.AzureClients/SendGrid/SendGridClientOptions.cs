namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>Whom a <see cref="SendGridClient"/> calls, and with which key.</summary>
/// <remarks><see cref="BaseClientOptions.Host"/> is <c>https://api.eu.sendgrid.com</c> in the European Union.</remarks>
public class SendGridClientOptions : BaseClientOptions
{
    private string? _apiKey;

    /// <summary>Sent as the bearer token.</summary>
    /// <exception cref="ArgumentNullException">It is set to nothing but white space.</exception>
    public string? ApiKey
    {
        get => _apiKey;
        set
        {
            if (string.IsNullOrWhiteSpace(value)) throw new ArgumentNullException(nameof(value));
            Auth = new("Bearer", _apiKey = value);
        }
    }
}
