using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>What a token is good for; it is none for another purpose. The numbers are signed: never give one a new meaning.</summary>
internal enum TokenPurpose : byte
{
    Registration = 1,
    Join = 2,
    Invitation = 3,
    DigestConfirmation = 4,
    DigestUnsubscription = 5,
    Privacy = 6,
    SignIn = 7,
    Form = 8,
    Survey = 9,
    Follow = 10,
    DigestPreferences = 11,
    RegistrationsPage = 20,
}

/// <summary>What became of reading a token.</summary>
internal abstract record TokenReading
{
    private TokenReading()
    {
    }

    public sealed record Valid(string Subject) : TokenReading;

    /// <summary>We did issue it, for this purpose and subject, and its time is over.</summary>
    public sealed record Expired(string Subject) : TokenReading;

    /// <summary>Not ours, or not for this purpose, or not whole.</summary>
    public sealed record Forged : TokenReading;
}

/// <summary>
/// Signed tokens for links. The bytes, then written as base64url without padding (RFC 4648 section 5), so that no
/// character needs escaping in a path:
/// <code>
/// length of key id (1) | key id | expiry, Unix seconds, 0 = never (8, big-endian) | subject, UTF-8 | MAC (16)
/// </code>
/// The MAC is HMAC-SHA256 under that key over a label, the purpose and all before it, cut to half its length, the
/// least that RFC 2104 section 5 recommends. Subjects are readable: a token proves, it does not hide.
/// </summary>
internal sealed class Tokens
{
    private const int MacBytes = 16;
    private const int ExpiryBytes = sizeof(long);
    private const int MaximumSubjectBytes = 512;
    private const int MaximumBytes = 1 + KeyOptionsValidator.MaximumKeyIdLength + ExpiryBytes + MaximumSubjectBytes + MacBytes;

    /// <summary>Keeps these MACs apart from any other use that the same key may be put to.</summary>
    private static readonly byte[] Label = "citizen-focus token 1"u8.ToArray();

    private static readonly SearchValues<char> Base64UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly int MaximumCharacters = Base64Url.GetEncodedLength(MaximumBytes);

    private readonly IReadOnlyList<SigningKey> _ring;
    private readonly TimeProvider _time;

    public Tokens(KeyOptions keys, TimeProvider time)
    {
        _ring = keys.SigningKeys();
        if (_ring.Count == 0) throw new ArgumentException("The key ring is empty.", nameof(keys));
        _time = time;
    }

    /// <param name="lifetime">Whole seconds count; <see langword="null"/>: never expires.</param>
    /// <exception cref="ArgumentException">The subject is no Unicode text or longer than 512 bytes.</exception>
    public string Issue(TokenPurpose purpose, string subject, TimeSpan? lifetime = null)
    {
        var key = _ring[0];
        var subjectBytes = StrictUtf8.GetBytes(subject);
        if (subjectBytes.Length > MaximumSubjectBytes) throw new ArgumentException("A token's subject has at most 512 bytes.", nameof(subject));

        var token = new byte[1 + key.Id.Length + ExpiryBytes + subjectBytes.Length + MacBytes];
        token[0] = (byte)key.Id.Length;
        Encoding.ASCII.GetBytes(key.Id, token.AsSpan(1));
        var expiry = lifetime is { } time ? (_time.GetUtcNow() + time).ToUnixTimeSeconds() : 0;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1 + key.Id.Length), expiry);
        subjectBytes.CopyTo(token.AsSpan(1 + key.Id.Length + ExpiryBytes));
        WriteMac(key, purpose, token.AsSpan(..^MacBytes), token.AsSpan(^MacBytes..));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Never throws, whatever the text is.</summary>
    public TokenReading Read(TokenPurpose purpose, string? token)
    {
        Span<byte> buffer = stackalloc byte[MaximumBytes];
        if (token is null || !TryDecode(token, buffer, out var length)) return new TokenReading.Forged();

        ReadOnlySpan<byte> bytes = buffer[..length];
        if (bytes.Length < 1 || bytes.Length < 1 + bytes[0] + ExpiryBytes + MacBytes) return new TokenReading.Forged();

        var keyId = bytes.Slice(1, bytes[0]);
        if (FindKey(keyId) is not { } key) return new TokenReading.Forged();

        Span<byte> mac = stackalloc byte[MacBytes];
        WriteMac(key, purpose, bytes[..^MacBytes], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[^MacBytes..])) return new TokenReading.Forged();

        // From here on the bytes are our own.
        var rest = bytes[(1 + keyId.Length)..^MacBytes];
        var expiry = BinaryPrimitives.ReadInt64BigEndian(rest);
        var subject = StrictUtf8.GetString(rest[ExpiryBytes..]);
        return expiry != 0 && _time.GetUtcNow().ToUnixTimeSeconds() >= expiry
            ? new TokenReading.Expired(subject)
            : new TokenReading.Valid(subject);
    }

    /// <summary>
    /// What the subject of a token begins with, up to the first <c>|</c>, of one that may be cut or forged, or signed by a key
    /// that is gone. It proves nothing: good only to find what everybody may see, and never who somebody is, which is why it
    /// ends where it does.
    /// </summary>
    /// <returns><see langword="null"/> where the text has no such beginning.</returns>
    public static string? ReadSubjectUnverified(string? token)
    {
        var spelt = token.AsSpan();
        var stray = spelt.IndexOfAnyExcept(Base64UrlAlphabet);
        if (stray >= 0) spelt = spelt[..stray];
        if (spelt.Length > MaximumCharacters) spelt = spelt[..MaximumCharacters];

        // Whole groups of four only: of a cut one, the last bits are missing.
        Span<byte> buffer = stackalloc byte[MaximumBytes];
        if (Base64Url.DecodeFromChars(spelt[..(spelt.Length / 4 * 4)], buffer, out _, out var length) != OperationStatus.Done || length == 0) return null;

        var start = 1 + buffer[0] + ExpiryBytes;
        if (start >= length) return null;
        var end = buffer[start..length].IndexOf((byte)'|');
        return end > 0 ? Encoding.UTF8.GetString(buffer.Slice(start, end)) : null;
    }

    /// <summary>
    /// Only the one canonical spelling is read: padding, white space and stray last bits (RFC 4648 section 3.5), which
    /// the decoder lets pass, would give one token many spellings.
    /// </summary>
    private static bool TryDecode(string token, Span<byte> bytes, out int length)
    {
        length = 0;
        if (token.Length > MaximumCharacters) return false;
        if (Base64Url.DecodeFromChars(token, bytes, out _, out length) != OperationStatus.Done) return false;
        Span<char> canonical = stackalloc char[MaximumCharacters];
        var written = Base64Url.EncodeToChars(bytes[..length], canonical);
        return token.AsSpan().SequenceEqual(canonical[..written]);
    }

    private SigningKey? FindKey(ReadOnlySpan<byte> id)
    {
        foreach (var key in _ring)
        {
            if (Ascii.Equals(id, key.Id)) return key;
        }

        return null;
    }

    private static void WriteMac(SigningKey key, TokenPurpose purpose, ReadOnlySpan<byte> content, Span<byte> mac)
    {
        Span<byte> signed = stackalloc byte[Label.Length + 1 + MaximumBytes];
        Label.CopyTo(signed);
        signed[Label.Length] = (byte)purpose;
        content.CopyTo(signed[(Label.Length + 1)..]);
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret, signed[..(Label.Length + 1 + content.Length)], full);
        full[..MacBytes].CopyTo(mac);
    }
}
