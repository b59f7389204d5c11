namespace CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

/// <summary>One mail of a call.</summary>
public class Personalization
{
    public List<EmailAddress>? Tos { get; set; }

    public string? Subject { get; set; }

    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>What replaces marks in subject and contents; at most 10,000 octets.</summary>
    public Dictionary<string, string>? Substitutions { get; set; }

    /// <summary>Come back in each event; at most 10,000 octets.</summary>
    public Dictionary<string, string>? CustomArgs { get; set; }
}
