namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>Whose report it is; a closed set.</summary>
internal enum MeetingProvider
{
    GoToWebinar,
    Zoom,
    Teams,
}

/// <summary>Where a provider's table has what is needed, as its row of column names says.</summary>
/// <param name="Address">Of the person's e-mail address.</param>
/// <param name="SignInName">Where <paramref name="Address"/> may be empty: the name that one signs in with, often an address as well.</param>
/// <param name="Attended">Says "No" of those who registered with the provider and did not come.</param>
/// <param name="WaitingRoom">Says "Yes" of a row about the wait before the host let somebody in.</param>
/// <param name="Zone">The zone that a column's name gives, such as "Join Time (UTC)"; empty where it gives none.</param>
internal sealed record AttendanceColumns(
    MeetingProvider Provider, int Address, int SignInName, int Join, int Leave, int Stay, int Attended, int WaitingRoom, string Zone)
{
    /// <summary>What is looked for, for who sent something else.</summary>
    public const string Expected =
        "GoToWebinar: Email Address, Join Time, Leave Time, Time in Session. Zoom: Name (Original Name), User Email (or Email), Join Time, Leave Time, Duration (Minutes). "
        + "Teams: Full Name (or Name), First Join, Last Leave, In-Meeting Duration, Email, Participant ID (UPN).";

    private const int Nowhere = -1;

    private static readonly string[] AddressNames = ["email address", "user email", "email", "e-mail", "e-mail address"];
    private static readonly string[] SignInNames = ["participant id (upn)", "upn"];
    private static readonly string[] JoinNames = ["first join", "first join time", "join time"];
    private static readonly string[] LeaveNames = ["last leave", "last leave time", "leave time"];
    private static readonly string[] StayNames =
    [
        "in-meeting duration", "time in session", "time in session (minutes)", "in session duration", "duration (minutes)", "attendance duration", "duration",
    ];

    /// <summary>A row that names columns of one who came and went, whoever wrote it.</summary>
    public static bool IsHeader(IReadOnlyList<string> cells) => Find(Names(cells), JoinNames) != Nowhere;

    /// <returns><see langword="null"/> where a column is missing, or no provider that is known names them so.</returns>
    public static AttendanceColumns? Recognise(IReadOnlyList<string> cells)
    {
        var names = Names(cells);
        var (address, signInName, join) = (Find(names, AddressNames), Find(names, SignInNames), Find(names, JoinNames));
        if (join == Nowhere || (address == Nowhere && signInName == Nowhere) || ProviderOf(names) is not { } provider) return null;

        return new(
            provider, address, signInName, join, Find(names, LeaveNames), Find(names, StayNames), Find(names, ["attended"]), Find(names, ["in waiting room"]), ZoneIn(names[join]));
    }

    private static MeetingProvider? ProviderOf(string[] names)
    {
        if (names.Any(name => name is "participant id (upn)" || name.StartsWith("first join", StringComparison.Ordinal))) return MeetingProvider.Teams;
        if (names.Any(name => name is "user email" || name.EndsWith("(original name)", StringComparison.Ordinal))) return MeetingProvider.Zoom;
        if (!names.Any(name => name.StartsWith("time in session", StringComparison.Ordinal) || name.StartsWith("in session duration", StringComparison.Ordinal))) return null;
        return names.Contains("email address") ? MeetingProvider.GoToWebinar : MeetingProvider.Zoom;
    }

    private static string[] Names(IReadOnlyList<string> cells) =>
        [.. cells.Select(cell => string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('*', ':').ToLowerInvariant())];

    private static int Find(string[] names, string[] wanted)
    {
        foreach (var name in wanted)
        {
            var at = Array.FindIndex(names, found => found == name || (ZoneIn(found).Length > 0 && found[..found.IndexOf(" (", StringComparison.Ordinal)] == name));
            if (at >= 0) return at;
        }

        return Nowhere;
    }

    private static string ZoneIn(string name) =>
        name.EndsWith(')') && name.IndexOf("time (", StringComparison.Ordinal) is >= 0 and var at && name.IndexOf('(', at) is var open && AttendanceTime.IsZone(name[(open + 1)..^1])
            ? name[(open + 1)..^1]
            : "";
}
