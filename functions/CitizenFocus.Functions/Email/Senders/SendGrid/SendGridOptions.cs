using System.Security.Cryptography;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <summary>Section <c>SendGrid</c> of the configuration.</summary>
internal sealed record SendGridOptions
{
    public const string Section = "SendGrid";

    private const int DefaultDeadline = 60;
    private const int LongestDeadline = 1_440;
    private const int KeySize = 256;

    public static readonly Uri DefaultBaseUrl = new("https://api.sendgrid.com");

    public string? ApiKey { get; init; }

    /// <summary><c>https://api.eu.sendgrid.com</c> keeps mail in the European Union.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>How long an attempt without an answer is waited for to be reported, from 5 minutes to a day.</summary>
    public TimeSpan ReportDeadline { get; init; } = TimeSpan.FromMinutes(DefaultDeadline);

    /// <summary>Base64 of a SubjectPublicKeyInfo; <see langword="null"/>: no events are taken, and no report settles what got no answer.</summary>
    public string? WebhookPublicKey { get; init; }

    /// <summary>SendGrid tells of opens and clicks, by an image and by links through its servers.</summary>
    public bool TracksReaders { get; init; }

    public SendingLimits Limits { get; init; } = SendingLimits.NotSet;

    public static SendGridOptions Read(Settings settings) => new()
    {
        ApiKey = settings.Text(nameof(ApiKey)),
        BaseUrl = settings.Url(nameof(BaseUrl), "such as https://api.eu.sendgrid.com, or leave it out") ?? DefaultBaseUrl,
        ReportDeadline = TimeSpan.FromMinutes(settings.Integer("ReportDeadlineMinutes", DefaultDeadline, 5, LongestDeadline)),
        WebhookPublicKey = ReadPublicKey(settings),
        TracksReaders = settings.Choice("Tracking", "off", ["off", "on"]) == "on",
        Limits = SendingLimits.Read(settings),
    };

    /// <summary>A record's own <c>ToString</c> would write the key.</summary>
    public override string ToString() => nameof(SendGridOptions);

    private static string? ReadPublicKey(Settings settings)
    {
        var key = settings.Text(nameof(WebhookPublicKey));
        if (key is null || IsKey(key)) return key;
        settings.Fault($"{Settings.Variable(Section, nameof(WebhookPublicKey))} is no public key. Set it to the verification key that SendGrid shows at Settings, Mail Settings, Event Webhook, Security features.");
        return null;
    }

    private static bool IsKey(string base64)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
            return key.KeySize == KeySize;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
