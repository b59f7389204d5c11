using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>Times as meeting providers write them: in whatever way the organiser's browser does, mostly without a zone.</summary>
internal static partial class AttendanceTime
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    // Those that Java and browsers write for where our organisers are; others have more than one meaning.
    private static readonly Dictionary<string, int> OffsetHours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 1,
        ["BST"] = 1,
        ["CET"] = 1,
        ["MEZ"] = 1,
        ["CEST"] = 2,
        ["MESZ"] = 2,
        ["EET"] = 2,
        ["EEST"] = 3,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
    };

    public static bool IsZone(string text) => OffsetOf(text) is not null;

    /// <param name="text">A date and a time, with an offset or without.</param>
    /// <param name="otherwise">The offset for a time that has none, as text; empty: by <paramref name="zone"/>.</param>
    /// <param name="zone">Whose clock is meant where nothing else is said.</param>
    /// <param name="near">
    /// 12/8 may be either day, and an hour may come twice in a night: the reading nearest to this moment is taken.
    /// </param>
    /// <returns><see langword="null"/> for what is no time.</returns>
    public static Instant? Read(string text, string otherwise, DateTimeZone zone, Instant near)
    {
        var match = Pattern().Match(Plain(text));
        if (!match.Success || TimeOfDay(match) is not { } time) return null;

        var offsetText = match.Groups["zone"].Value is { Length: > 0 } own ? own : otherwise;
        var offset = OffsetOf(offsetText);
        if (offsetText.Length > 0 && offset is null) return null;

        var readings = Dates(match)
            .Select(date => date + time)
            .SelectMany(local => offset is { } known ? [local.WithOffset(known).ToInstant()] : Readings(local, zone))
            .ToList();
        return readings.Count == 0 ? null : readings.MinBy(instant => Distance(instant, near));
    }

    /// <summary><c>57</c> and <c>57.5</c> are minutes; <c>1h 27m 51s</c>, <c>1 hour 5 minutes</c> and <c>1:27:51</c> say their units.</summary>
    /// <returns><see langword="null"/> for what is no length of time.</returns>
    public static Duration? ReadLength(string text)
    {
        var plain = Plain(text);
        if (double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)) return minutes < 100_000 ? Duration.FromMinutes(minutes) : null;

        var match = LengthPattern().Match(plain);
        if (plain.Length == 0 || !match.Success) return null;
        return Duration.FromHours(Part("h")) + Duration.FromMinutes((long)Part("m")) + Duration.FromSeconds((long)Part("s"));

        int Part(string name) => match.Groups[name].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    // Browsers put a narrow no-break space before AM, and marks of direction around dates.
    private static string Plain(string text) =>
        string.Join(' ', new string([.. text.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Instant> Readings(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            2 => [mapping.First().ToInstant(), mapping.Last().ToInstant()],
            _ => [local.InZoneLeniently(zone).ToInstant()],
        };
    }

    private static IEnumerable<LocalDate> Dates(Match match)
    {
        var year = Number(match, "y");
        if (year < 100) year += 2000;
        if (match.Groups["month"].Value is { Length: >= 3 } name)
        {
            var month = Array.IndexOf(Months, name[..3].ToLowerInvariant()) + 1;
            return Date(year, month, Number(match, "d"));
        }

        var (a, b) = (Number(match, "a"), Number(match, "b"));
        return match.Groups["sep"].Value switch
        {
            // The year came first.
            "" => Date(year, a, b),
            "." => Date(year, b, a),
            _ => Date(year, a, b).Concat(Date(year, b, a)),
        };
    }

    private static IEnumerable<LocalDate> Date(int year, int month, int day) =>
        year is >= 2000 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? [new(year, month, day)] : [];

    private static LocalTime? TimeOfDay(Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), match.Groups["second"].Success ? Number(match, "second") : 0);
        if (match.Groups["half"].Value is { Length: > 0 } half)
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }

        return hour < 24 && minute < 60 && second < 60 ? new(hour, minute, second) : null;
    }

    private static Offset? OffsetOf(string text)
    {
        var plain = text.Trim();
        if (OffsetHours.TryGetValue(plain, out var hours)) return Offset.FromHours(hours);

        var match = OffsetPattern().Match(plain);
        if (!match.Success || Number(match, "hours") > 18) return null;
        var minutes = (Number(match, "hours") * 60) + (match.Groups["minutes"].Success ? Number(match, "minutes") : 0);
        return minutes > 18 * 60 ? null : Offset.FromSeconds((match.Groups["sign"].Value == "+" ? 60 : -60) * minutes);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Duration Distance(Instant one, Instant other) => one < other ? other - one : one - other;

    [GeneratedRegex(
        @"^(?:(?<y>\d{4})[-/.](?<a>\d{1,2})[-/.](?<b>\d{1,2})"
        + @"|(?<a>\d{1,2})(?<sep>[-/.]) ?(?<b>\d{1,2})\k<sep> ?(?<y>\d{4}|\d{2})"
        + @"|(?<month>[A-Za-z]{3,9})\.? (?<d>\d{1,2}),? (?<y>\d{4})"
        + @"|(?<d>\d{1,2})\.? (?<month>[A-Za-z]{3,9})\.?,? (?<y>\d{4}))"
        + @"(?:T|,? (?:at )?)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)? ?(?<half>[AaPp]\.?[Mm]\.?)?"
        + @" ?\(?(?<zone>[A-Za-z]{1,5}|(?:UTC|GMT)? ?[-+]\d{1,2}(?::?\d{2})?)?\)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?:UTC|GMT)? ?(?<sign>[-+])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OffsetPattern();

    [GeneratedRegex(
        @"^(?:(?<h>\d{1,3}):(?<m>\d{2}):(?<s>\d{2})|(?:(?<h>\d{1,3}) ?(?:h|hrs?|hours?)\.?)? ?(?:(?<m>\d{1,4}) ?(?:m|mins?|minutes?)\.?)? ?(?:(?<s>\d{1,5}) ?(?:s|secs?|seconds?)\.?)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LengthPattern();
}
