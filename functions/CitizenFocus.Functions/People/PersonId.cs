using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CitizenFocus.Functions.People;

/// <summary>
/// Who a row is about, without an address: HMAC-SHA256 of the normalised address under the permanent key, in lower-case
/// base32 (52 characters). Made by <see cref="PersonIds"/>.
/// </summary>
public readonly record struct PersonId
{
    private const int Length = 52;

    /// <summary>All that <see cref="Shard"/> can be, in order.</summary>
    internal static readonly string[] Shards = [.. Enumerable.Range(0, 256).Select(shard => shard.ToString("x2", CultureInfo.InvariantCulture))];

    private readonly string? _value;

    private PersonId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("This person id was not parsed.");

    /// <summary>The partition of tables that are spread over 256: the HMAC's first byte, as two hex digits of lower case.</summary>
    public string Shard
    {
        get
        {
            // Five bits a character.
            var firstByte = (Base32.Alphabet.IndexOf(Value[0], StringComparison.Ordinal) << 3) | (Base32.Alphabet.IndexOf(Value[1], StringComparison.Ordinal) >> 2);
            return firstByte.ToString("x2", CultureInfo.InvariantCulture);
        }
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out PersonId person)
    {
        person = default;
        if (text is not { Length: Length } || text.AsSpan().ContainsAnyExcept(Base32.Alphabet)) return false;
        person = new(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no person id.</exception>
    public static PersonId Parse(string text) =>
        TryParse(text, out var person) ? person : throw new FormatException("Not a person id.");

    internal static PersonId FromHash(ReadOnlySpan<byte> hash) => new(Base32.Encode(hash));

    public override string ToString() => Value;
}
