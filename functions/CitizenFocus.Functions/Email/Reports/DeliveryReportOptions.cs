using System.Security.Cryptography;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>What of the section <c>SendGrid</c> concerns its reports.</summary>
internal sealed record DeliveryReportOptions
{
    public const string Section = "SendGrid";

    private const int KeySize = 256;

    /// <summary>Base64 of a SubjectPublicKeyInfo; <see langword="null"/>: no events are taken.</summary>
    public string? WebhookPublicKey { get; init; }

    public static DeliveryReportOptions Read(Settings settings)
    {
        var key = settings.Text(nameof(WebhookPublicKey));
        if (key is null || IsKey(key)) return new() { WebhookPublicKey = key };
        settings.Fault($"{Settings.Variable(Section, nameof(WebhookPublicKey))} is no public key. Set it to the verification key that SendGrid shows at Settings, Mail Settings, Event Webhook, Security features.");
        return new();
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
