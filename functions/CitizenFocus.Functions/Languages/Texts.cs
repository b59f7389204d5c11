using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace CitizenFocus.Functions.Languages;

/// <summary>
/// What the site says, in one language: one JSON file each beside this class, embedded. A text may have parameters in braces, or
/// be several by number. To add a language is to add its file; what it lacks fails a test, and not a reader.
/// </summary>
public sealed class Texts
{
    private const string Prefix = "languages/";
    private const string Suffix = ".json";
    private const string Fallback = "en";

    private static readonly ConcurrentDictionary<string, Texts> Loaded = new(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts;

    private Texts(string tag)
    {
        Tag = tag;
        _texts = Load(tag);
        Weekdays = Of("date.weekdays").Split('|');
        Months = Of("date.months").Split('|');
    }

    /// <summary>BCP 47, all of them, the fallback first.</summary>
    public static IReadOnlyList<string> Tags { get; } =
    [
        .. typeof(Texts).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).OrderBy(tag => tag != Fallback).ThenBy(tag => tag, StringComparer.Ordinal),
    ];

    public static Texts English => In(Fallback);

    /// <summary>BCP 47.</summary>
    public string Tag { get; }

    /// <summary>All keys, each with its forms: <c>other</c>, and those of <see cref="Plurals"/> that it has beside that.</summary>
    public IReadOnlyDictionary<string, FrozenDictionary<string, string>> All => _texts;

    private string[] Weekdays { get; }

    private string[] Months { get; }

    /// <summary>The texts in a language, else in what it is a kind of (<c>fr</c> for <c>fr-BE</c>), else in English.</summary>
    public static Texts In(string? tag) => Find(tag) ?? Loaded.GetOrAdd(Fallback, name => new(name));

    /// <summary>As <see cref="In"/>, but <see langword="null"/> where the site has no such language.</summary>
    public static Texts? Find(string? tag)
    {
        for (var part = tag ?? ""; part.Length > 0; part = part.Contains('-', StringComparison.Ordinal) ? part[..part.LastIndexOf('-')] : "")
        {
            if (Tags.FirstOrDefault(known => known.Equals(part, StringComparison.OrdinalIgnoreCase)) is { } found) return Loaded.GetOrAdd(found, name => new(name));
        }

        return null;
    }

    /// <summary>A text with its parameters filled in.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that key.</exception>
    public string Of(string key, params ReadOnlySpan<(string Name, object Value)> parameters) => Fill(_texts[key][Plurals.Other], parameters);

    /// <summary>A text by number; <c>{count}</c> is that.</summary>
    /// <param name="count">0 or more.</param>
    public string Plural(string key, int count, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var forms = _texts[key];
        var text = forms.GetValueOrDefault(Plurals.CategoryOf(Tag, count)) ?? forms[Plurals.Other];
        return Fill(text, [("count", count), .. parameters]);
    }

    /// <summary>Such as <c>Sunday 6 December 2026</c>.</summary>
    public string Day(LocalDate date) =>
        Of("date.day", ("weekday", Weekdays[(int)date.DayOfWeek - 1]), ("day", date.Day == 1 ? Of("date.firstOfMonth") : date.Day), ("month", Months[date.Month - 1]), ("year", date.Year));

    // One pass from left to right: what a parameter holds is never looked into.
    private static string Fill(string text, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (parameters.IsEmpty) return text;
        var filled = new System.Text.StringBuilder(text.Length + 64);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at).Append(ValueOf(text.AsSpan((open + 1)..close), parameters));
            at = close + 1;
        }

        return filled.ToString();
    }

    private static string ValueOf(ReadOnlySpan<char> name, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (name.SequenceEqual(parameter.Name)) return Convert.ToString(parameter.Value, CultureInfo.InvariantCulture) ?? "";
        }

        throw new KeyNotFoundException($"The text wants '{name}', and did not get it.");
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load(string tag)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream(Prefix + tag + Suffix)!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.EnumerateObject().ToFrozenDictionary(text => text.Name, text => FormsOf(text.Value), StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> FormsOf(JsonElement text) => text.ValueKind == JsonValueKind.String
        ? FrozenDictionary.Create(StringComparer.Ordinal, KeyValuePair.Create(Plurals.Other, text.GetString()!))
        : text.EnumerateObject().ToFrozenDictionary(form => form.Name, form => form.Value.GetString()!, StringComparer.Ordinal);
}
