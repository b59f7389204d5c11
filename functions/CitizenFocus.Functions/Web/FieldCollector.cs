using System.Text;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Web;

/// <summary>Gathers the fields of a body, up to a number of values.</summary>
internal sealed class FieldCollector(int maximum = FieldCollector.MaximumValues)
{
    /// <summary>No visitor's form of ours comes near.</summary>
    public const int MaximumValues = 200;

    /// <summary>Invalid bytes are refused: replaced by U+FFFD, a name would be stored that its owner never wrote.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, StringValues> _values = new(StringComparer.Ordinal);
    private int _count;

    public IReadOnlyDictionary<string, StringValues> Values => _values;

    /// <summary>What to say where a value is one too many.</summary>
    public BodyFault TooMany => BodyFault.TooManyFields(maximum);

    /// <summary>Adds a value to a form's field; false where that is one too many.</summary>
    public bool TryAdd(string name, string value)
    {
        if (++_count > maximum) return false;
        _values[name] = StringValues.Concat(_values.GetValueOrDefault(name), value);
        return true;
    }

    /// <summary>Sets a JSON property, in place of an earlier one of that name. False where that is one too many.</summary>
    /// <param name="name">Of the property.</param>
    /// <param name="values">Its values, or those of its list, perhaps none; <see langword="null"/>: the property is absent.</param>
    public bool TrySet(string name, string[]? values)
    {
        _count += Math.Max(1, values?.Length ?? 0);
        if (_count > maximum) return false;
        if (values is null) _values.Remove(name);
        else _values[name] = values;
        return true;
    }
}
