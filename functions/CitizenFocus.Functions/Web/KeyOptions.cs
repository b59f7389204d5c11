using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>Section <c>Keys</c> of the configuration: the site's two secrets. Both are checked by <see cref="KeyOptionsValidator"/> at start.</summary>
internal sealed record KeyOptions
{
    public const string Section = "Keys";

    /// <summary>
    /// Keys of local.settings.sample.json decode to bytes that begin so. Everybody knows them: they are refused unless
    /// the storage is the emulator's.
    /// </summary>
    public const string SampleMarker = "local-development-only";

    public const int MinimumKeyBytes = 32;

    /// <summary>Base64 of at least 32 bytes: makes person ids from addresses. Never rotated.</summary>
    public string PersonId { get; init; } = "";

    /// <summary>The ring of keys that sign tokens, <c>k1:base64,k2:base64</c>: the first signs, all verify.</summary>
    public string Signing { get; init; } = "";

    public static KeyOptions Read(Settings settings) => new()
    {
        PersonId = settings.Text(nameof(PersonId)) ?? "",
        Signing = settings.Text(nameof(Signing)) ?? "",
    };

    /// <exception cref="FormatException">The setting is not base64; start-up would have refused it.</exception>
    public byte[] PersonIdKey() => Convert.FromBase64String(PersonId);

    /// <summary>The ring, the signing key first.</summary>
    /// <exception cref="FormatException">As in <see cref="PersonIdKey"/>.</exception>
    public IReadOnlyList<SigningKey> SigningKeys() => [.. SplitRing(Signing).Select(part => new SigningKey(part.Id, Convert.FromBase64String(part.Secret)))];

    /// <summary>A record's own <c>ToString</c> would write the secrets into the first log that mentions it.</summary>
    public override string ToString() => nameof(KeyOptions);

    internal static IEnumerable<(string Id, string Secret)> SplitRing(string ring) =>
        from entry in ring.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let colon = entry.IndexOf(':', StringComparison.Ordinal)
        select colon < 0 ? ("", entry) : (entry[..colon].Trim(), entry[(colon + 1)..].Trim());

    internal static bool IsSample(ReadOnlySpan<byte> key) => key.StartsWith(Encoding.ASCII.GetBytes(SampleMarker));
}

/// <param name="Id">1 to 16 ASCII letters, digits, hyphens; stands open in each token.</param>
internal sealed record SigningKey(string Id, byte[] Secret)
{
    public override string ToString() => Id;
}
