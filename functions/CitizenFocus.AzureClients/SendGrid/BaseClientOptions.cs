using System.Net.Http.Headers;

namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>Whom a <see cref="BaseClient"/> calls, and as whom.</summary>
public class BaseClientOptions
{
    public AuthenticationHeaderValue? Auth { get; set; }

    /// <summary>What stands before <see cref="Version"/> in each address.</summary>
    public string Host { get; set; } = "https://api.sendgrid.com";

    /// <summary>The first part of each path.</summary>
    public string Version { get; set; } = "v3";
}
