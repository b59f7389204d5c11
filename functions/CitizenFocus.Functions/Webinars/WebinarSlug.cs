using System.Diagnostics.CodeAnalysis;

namespace CitizenFocus.Functions.Webinars;

/// <summary>A webinar's name in URLs: 1 to 100 lower-case letters, digits and single hyphens between them.</summary>
public readonly record struct WebinarSlug
{
    private readonly string? _value;

    private WebinarSlug(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("This slug was not parsed.");

    public static bool TryParse([NotNullWhen(true)] string? text, out WebinarSlug slug)
    {
        slug = default;
        if (text is not { Length: > 0 and <= 100 } || text[0] == '-' || text[^1] == '-') return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && (c != '-' || text[i - 1] == '-')) return false;
        }

        slug = new(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no slug.</exception>
    public static WebinarSlug Parse(string text) =>
        TryParse(text, out var slug) ? slug : throw new FormatException("Not a webinar's slug.");

    public override string ToString() => Value;
}
