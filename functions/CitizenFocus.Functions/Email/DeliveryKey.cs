using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// What would make it another mail to the same person, and nothing else: a kind and the parts that tell its occurrence
/// apart, as <c>kind|part|part</c>. It is the row key in the send ledger.
/// </summary>
public sealed record DeliveryKey
{
    private DeliveryKey(string kind, string value)
    {
        Kind = kind;
        Value = value;
    }

    public string Kind { get; }

    public string Value { get; }

    /// <param name="kind">One of the kinds that a feature composes.</param>
    /// <param name="parts">Slugs, numbers, instants: no <c>|</c>, and nothing that a table key forbids.</param>
    /// <exception cref="ArgumentException">A part holds a character that may not stand in a key.</exception>
    public static DeliveryKey Of(string kind, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (part.Length == 0 || part.AsSpan().ContainsAny("|/\\#?")) throw new ArgumentException("Not allowed in a delivery key.", nameof(parts));
        }

        return new(kind, string.Join('|', [kind, .. parts]));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out DeliveryKey? key)
    {
        key = text?.IndexOf('|', StringComparison.Ordinal) is > 0 and var end && !text.AsSpan().ContainsAny("/\\#?") ? new(text![..end], text) : null;
        return key is not null;
    }

    /// <exception cref="FormatException">The text is no delivery key.</exception>
    public static DeliveryKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("Not a delivery key.");

    /// <summary>The part at <paramref name="index"/>, the first behind the kind being 0.</summary>
    public string Part(int index) => Value.Split('|')[index + 1];

    /// <summary>
    /// This e-mail's id, the same at every attempt: in its Message-ID, its file's name, its provider's operation. 32 letters
    /// and digits of lower case.
    /// </summary>
    public string DeliveryIdFor(PersonId person) =>
        Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{person}|{Value}")).AsSpan(0, 20));

    public override string ToString() => Value;
}
