using System.Text;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Web;

/// <summary>Gathers the fields of a body, up to a number that no form of ours comes near.</summary>
internal sealed class FieldCollector
{
    public const int MaximumValues = 200;

    /// <summary>Invalid bytes are refused: replaced by U+FFFD, a name would be stored that its owner never wrote.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, StringValues> _values = new(StringComparer.Ordinal);
    private int _count;

    public IReadOnlyDictionary<string, StringValues> Values => _values;

    /// <summary>Adds a value to a form's field; false where that is one too many.</summary>
    public bool TryAdd(string name, string value)
    {
        if (++_count > MaximumValues) return false;
        _values[name] = StringValues.Concat(_values.GetValueOrDefault(name), value);
        return true;
    }

    /// <summary>Sets a JSON property, in place of an earlier one of that name; none for <c>null</c>. False where that is one too many.</summary>
    public bool TrySet(string name, StringValues values)
    {
        _count += Math.Max(1, values.Count);
        if (_count > MaximumValues) return false;
        if (values == StringValues.Empty) _values.Remove(name);
        else _values[name] = values;
        return true;
    }
}
