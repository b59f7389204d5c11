namespace CitizenFocus.AzureClients.SendGrid;

/// <inheritdoc/>
public class SendGridClient(HttpClient httpClient, SendGridClientOptions options) : BaseClient(httpClient, options);
