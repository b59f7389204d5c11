using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>What became of a row; a closed set.</summary>
internal enum AttendanceRowOutcome
{
    Recorded,

    /// <summary>Nothing that was not known: as from the same file before.</summary>
    Known,

    NotRegistered,

    NoAddress,

    MalformedTime,

    /// <summary>Of another day, or of another session of this one.</summary>
    NotThisSession,

    /// <summary>The provider says that they stayed away, or only waited to be let in.</summary>
    Absent,
}

/// <param name="Line">Of the file, from 1.</param>
/// <param name="Email">Where one could be read.</param>
internal sealed record AttendanceRowReport(int Line, AttendanceRowOutcome Outcome, string? Email, DateTimeOffset? JoinedAt, int? Minutes);

/// <summary>The answer to an import, with a line for each row of the file.</summary>
internal sealed record AttendanceReport
{
    public required MeetingProvider Provider { get; init; }

    public required int Session { get; init; }

    /// <summary>Distinct persons whose attendance stands now, from this file.</summary>
    public required int People { get; init; }

    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>What an organiser should look at.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<AttendanceRowReport> Rows { get; init; }

    public static AttendanceReport Of(MeetingProvider provider, int session, int people, IReadOnlyList<AttendanceRowReport> rows) => new()
    {
        Provider = provider,
        Session = session,
        People = people,
        Counts = Enum.GetValues<AttendanceRowOutcome>().ToDictionary(NameOf, outcome => rows.Count(row => row.Outcome == outcome), StringComparer.Ordinal),
        Warnings = WarningsOf(rows),
        Rows = rows,
    };

    private static IReadOnlyList<string> WarningsOf(IReadOnlyList<AttendanceRowReport> rows)
    {
        var warnings = new List<string>();
        if (rows.Count == 0) warnings.Add("The table has no rows.");
        if (rows.Count(row => row.Outcome == AttendanceRowOutcome.NotThisSession) is > 0 and var others)
        {
            warnings.Add($"Rows left out because they are of another day or session: {others} of {rows.Count}. Is it the right file?");
        }

        if (rows.Count(row => row.Outcome == AttendanceRowOutcome.MalformedTime) is > 0 and var malformed)
        {
            warnings.Add($"Rows left out because their time could not be read: {malformed} of {rows.Count}.");
        }

        return warnings;
    }

    private static string NameOf(AttendanceRowOutcome outcome) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttendanceReport))]
internal sealed partial class AttendanceJson : JsonSerializerContext;
