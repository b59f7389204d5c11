namespace CitizenFocus.Functions.Email.Senders;

/// <summary>The names of the senders, in settings and ledger: for good, since old rows bear them.</summary>
internal static class EmailProviders
{
    public const string Pickup = "pickup";
    public const string Smtp = "smtp";
    public const string SendGrid = "sendgrid";
    public const string CommunicationServices = "acs";

    public static readonly IReadOnlyList<string> Known = [Pickup, Smtp, SendGrid, CommunicationServices];
}
