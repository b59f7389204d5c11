using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// The signature of SendGrid's event webhook: ECDSA on P-256 with SHA-256 over the timestamp's characters and the raw body.
/// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
/// </summary>
internal static class SendGridSignature
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private const int MaxLength = 200;

    /// <param name="publicKeyBase64">A SubjectPublicKeyInfo, as SendGrid's settings show it.</param>
    /// <param name="signature">The header: base64 of a DER sequence.</param>
    /// <exception cref="CryptographicException">The key is none.</exception>
    /// <exception cref="FormatException">The key is not base64.</exception>
    public static bool IsValid(string publicKeyBase64, string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        if (signature is not { Length: > 0 and <= MaxLength } || timestamp is not { Length: > 0 and <= MaxLength }) return false;
        var der = new byte[MaxLength];
        if (!Convert.TryFromBase64String(signature, der, out var length)) return false;

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKeyBase64), out _);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        return key.VerifyHash(hash.GetHashAndReset(), der.AsSpan(0, length), DSASignatureFormat.Rfc3279DerSequence);
    }
}
