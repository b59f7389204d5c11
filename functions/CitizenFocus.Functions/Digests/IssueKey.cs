using System.Globalization;
using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Digests;

/// <summary>An issue of the weekly or the monthly digest.</summary>
/// <param name="Number">Counted from 1, by cadence.</param>
internal readonly record struct IssueKey(DigestCadence Cadence, int Number)
{
    public const string Kind = "digest";

    /// <summary>The e-mail with it, by its key in the ledger.</summary>
    public DeliveryKey DeliveryKey => DeliveryKey.Of(Kind, NameOf(Cadence), Number.ToString(CultureInfo.InvariantCulture));

    public static string NameOf(DigestCadence cadence) => cadence switch
    {
        DigestCadence.Weekly => "weekly",
        DigestCadence.Monthly => "monthly",
        _ => throw new ArgumentOutOfRangeException(nameof(cadence)),
    };

    public static DigestCadence? FindCadence(string? name) => name switch
    {
        "weekly" => DigestCadence.Weekly,
        "monthly" => DigestCadence.Monthly,
        _ => null,
    };

    public static bool TryParse(string? text, out IssueKey key)
    {
        key = default;
        if (text?.Split('|') is not [var name, var digits] || FindCadence(name) is not { } cadence) return false;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        key = new(cadence, number);
        return true;
    }

    /// <exception cref="FormatException">The text is no issue's key.</exception>
    public static IssueKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("Not an issue of the digest.");

    public static bool TryParse(DeliveryKey key, out IssueKey issue) => TryParse(key.Kind == Kind ? key.Value[(Kind.Length + 1)..] : null, out issue);

    /// <summary><c>weekly|12</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{NameOf(Cadence)}|{Number}");
}
