using System.Globalization;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Takes values out of a submission, one field at a time, and notes what is wrong with each; the one who reads says in the
/// end whether there is anything. A field that is absent or blank is <see langword="null"/> and, unless required, no error.
/// </summary>
internal sealed class FieldReader(Submission.Fields sent, ValidationErrors errors)
{
    private const int MaxUrlLength = 2_000;

    /// <summary>A line of plain text, trimmed and in Unicode's form C.</summary>
    /// <param name="maxLength">In UTF-16 code units.</param>
    public string? Line(string field, int maxLength)
    {
        if (sent.Text(field) is not { } typed) return null;
        if (!TypedText.IsSingleLine(typed))
        {
            errors.Add(field, "Use letters, digits, spaces and punctuation only, on one line.");
            return null;
        }

        var clean = TypedText.Clean(typed);
        if (clean?.Length > maxLength) errors.Add(field, $"Use {maxLength} characters or fewer.");
        return clean;
    }

    public string RequiredLine(string field, int maxLength, string ask)
    {
        var line = Line(field, maxLength);
        if (line is null && errors[field] is null) errors.Add(field, ask);
        return line ?? "";
    }

    /// <summary>Text of several lines, such as Markdown, as it was typed; empty where it is absent.</summary>
    public string Text(string field, int maxLength)
    {
        var typed = sent.Text(field) ?? "";
        if (typed.Length > maxLength) errors.Add(field, $"Use {maxLength} characters or fewer.");
        else if (!TypedText.IsText(typed)) errors.Add(field, "Take out the control characters.");
        return typed;
    }

    public int? Number(string field, int least, int most)
    {
        if (sent.Text(field) is not { Length: > 0 } typed) return null;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        errors.Add(field, $"Enter a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>Several whole numbers, each once and in the order sent; <see langword="null"/> where the field is absent, none where it is blank.</summary>
    public IReadOnlyList<int>? Numbers(string field, int least, int most, int maxCount)
    {
        if (!sent.Has(field)) return null;
        var numbers = new List<int>();
        foreach (var typed in sent.All(field).Where(typed => typed.Length > 0))
        {
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) numbers.Add(number);
            else Refuse($"Enter whole numbers from {least} to {most}.");
        }

        if (numbers.Count > maxCount) Refuse($"Use {maxCount} or fewer.");
        if (numbers.Distinct().Count() < numbers.Count) Refuse("Enter each number once.");
        return numbers;

        void Refuse(string message)
        {
            if (errors[field] is null) errors.Add(field, message);
        }
    }

    /// <summary>A ticked box or <c>true</c>, <c>false</c>, or <paramref name="fallback"/> where the field is absent.</summary>
    public bool Flag(string field, bool fallback)
    {
        if (sent.Text(field) is not { Length: > 0 } typed) return fallback;
        if (sent.IsTicked(field)) return true;
        if (typed is not ("false" or "off" or "0" or "no")) errors.Add(field, "Enter true or false.");
        return false;
    }

    /// <summary>A member of an enumeration by its name, in any case.</summary>
    public T Choice<T>(string field, T fallback) where T : struct, Enum => Choice<T>(field) ?? fallback;

    /// <summary>A member of an enumeration by its name, in any case.</summary>
    public T? Choice<T>(string field) where T : struct, Enum
    {
        if (sent.Text(field) is not { Length: > 0 } typed) return null;
        if (Enum.TryParse<T>(typed, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) && char.IsAsciiLetter(typed[0])) return chosen;
        errors.Add(field, $"Choose one of: {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    /// <summary>A value that <paramref name="isKnown"/> takes.</summary>
    public string? Choice(string field, Func<string, bool> isKnown, string ask)
    {
        if (TypedText.Clean(sent.Text(field)) is not { } chosen) return null;
        if (!isKnown(chosen)) errors.Add(field, ask);
        return chosen;
    }

    /// <summary>
    /// An absolute https URL without user and password; a host name in another script as DNS has it, since headers
    /// (Location, Content-Security-Policy) carry ASCII only.
    /// </summary>
    public Uri? Https(string field)
    {
        if (sent.Text(field) is not { Length: > 0 } typed) return null;
        var url = ParseHttps(typed);
        if (url is null) errors.Add(field, $"Enter an address that begins with https://, of {MaxUrlLength} characters or fewer.");
        return url;
    }

    /// <summary>Several of them, each once; in one value they are separated by spaces or lines.</summary>
    public IReadOnlyList<Uri> HttpsList(string field, int maxCount)
    {
        var urls = sent.All(field).SelectMany(typed => typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(ParseHttps).Distinct().ToList();
        if (urls.Contains(null)) errors.Add(field, $"Enter addresses that begin with https://, of {MaxUrlLength} characters or fewer each.");
        else if (urls.Count > maxCount) errors.Add(field, $"Use {maxCount} or fewer.");
        return [.. urls.OfType<Uri>()];
    }

    /// <returns><see langword="null"/> for any other URL.</returns>
    public static Uri? ParseHttps(string typed) =>
        typed.Length <= MaxUrlLength && Uri.TryCreate(typed, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0
            ? url.Host == url.IdnHost ? url : new UriBuilder(url) { Host = url.IdnHost }.Uri
            : null;

    /// <summary>ISO 8601 with an offset, such as 2026-11-22T10:00:00Z.</summary>
    public DateTimeOffset? Time(string field)
    {
        if (sent.Text(field) is not { Length: > 0 } typed) return null;
        if (DateTimeOffset.TryParseExact(
            typed,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time))
        {
            return time;
        }

        errors.Add(field, "Enter a time such as 2026-11-22T10:00:00Z.");
        return null;
    }

    /// <summary>Several short texts, each once.</summary>
    public IReadOnlyList<string> Lines(string field, int maxCount, int maxLength) => Lines(field, sent.All(field), maxCount, maxLength);

    /// <summary>Several short texts, each once; in one value they are separated by commas or semicolons.</summary>
    public IReadOnlyList<string> Words(string field, int maxCount, int maxLength) =>
        Lines(field, sent.All(field).SelectMany(typed => typed.Split(',', ';')), maxCount, maxLength);

    private List<string> Lines(string field, IEnumerable<string> typed, int maxCount, int maxLength)
    {
        var lines = typed.Select(TypedText.Clean).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count > maxCount) errors.Add(field, $"Use {maxCount} or fewer.");
        if (lines.Exists(line => line.Length > maxLength || !TypedText.IsSingleLine(line))) errors.Add(field, $"Use {maxLength} characters or fewer in each.");
        return lines;
    }
}
