namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>Whom a <see cref="SendGridClient"/> calls, and with which key.</summary>
public class SendGridClientOptions
{
    /// <summary>Sent as the bearer token.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Scheme and host: <c>https://api.eu.sendgrid.com</c> in the European Union.</summary>
    public string Host { get; set; } = "https://api.sendgrid.com";

    /// <summary>The first part of each path.</summary>
    public string Version { get; set; } = "v3";
}
