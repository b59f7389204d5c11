using System.Globalization;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// One section of the configuration, read by hand: the reflection binder is not trim-safe, and stops at the first
/// value that it cannot convert. Here each fault is noted with its remedy and reading goes on, so that an operator
/// learns of all at once. A value is never repeated in a fault: it may be a secret in the wrong place.
/// </summary>
internal sealed class Settings(IConfiguration configuration, string section)
{
    private readonly IConfigurationSection _section = configuration.GetSection(section);
    private readonly List<string> _faults = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The variables that were looked for, whether they are set or not.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>A setting's name as an environment variable, which is how Azure Functions shows app settings: <c>Keys__PersonId</c>.</summary>
    public static string Variable(string section, string name) => $"{section}__{name}";

    /// <summary>Null where the setting is missing or blank.</summary>
    public string? Text(string name)
    {
        _names.Add(Variable(section, name.Replace(":", "__", StringComparison.Ordinal)));
        return _section[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>The section's own value, beside those below it; null where it is missing or blank.</summary>
    public string? OwnText
    {
        get
        {
            _names.Add(section);
            return string.IsNullOrWhiteSpace(_section.Value) ? null : _section.Value.Trim();
        }
    }

    /// <summary>The names below <paramref name="name"/>, such as those of the kinds in <c>Email__Kinds__digest__From</c>.</summary>
    public IEnumerable<string> Children(string name) => _section.GetSection(name).GetChildren().Select(child => child.Key);

    /// <summary>Notes what is wrong beyond one value; says the remedy, and repeats no value.</summary>
    public void Fault(string remedy) => _faults.Add(remedy);

    public int Integer(string name, int fallback, int minimum, int maximum)
    {
        if (Text(name) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum) return value;
        _faults.Add($"{Variable(section, name)} must be a whole number from {minimum} to {maximum}. Remove it for the default, {fallback}.");
        return fallback;
    }

    public string Choice(string name, string fallback, IReadOnlyCollection<string> choices)
    {
        if (Text(name) is not { } text) return fallback;
        if (choices.Contains(text, StringComparer.Ordinal)) return text;
        _faults.Add($"{Variable(section, name)} must be one of: {string.Join(", ", choices)}. Remove it for the default, {fallback}.");
        return fallback;
    }

    public Uri? Url(string name, string remedy)
    {
        if (Text(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)) return url;
        _faults.Add($"{Variable(section, name)} is not an absolute URL. Set it to one {remedy}.");
        return null;
    }
}
