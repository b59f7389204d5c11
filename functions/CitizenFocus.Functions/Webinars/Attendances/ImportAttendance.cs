using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Joining;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>Takes a meeting provider's word for who came to a session. The same file again, whole or after a break, changes nothing more.</summary>
internal sealed class ImportAttendance(PersonIds personIds, RecordAttendance recordAttendance)
{
    private const int InFlight = 16;

    public async Task<AttendanceReport> HandleAsync(Webinar webinar, WebinarSession session, AttendanceFile.Read file, CancellationToken cancellationToken)
    {
        var rows = file.Rows.Select(row => Judge(row, webinar, session)).ToList();
        var visits = rows.OfType<JudgedRow.Visit>().GroupBy(visit => visit.Person).ToList();
        var outcomes = new AttendanceRowOutcome[visits.Count];
        await Parallel.ForAsync(0, visits.Count, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken }, async (n, cancelled) =>
        {
            var outcome = await recordAttendance.HandleAsync(webinar.Slug, visits[n].Key, session, Merge([.. visits[n]]), cancelled);
            outcomes[n] = outcome switch
            {
                RecordAttendance.Outcome.Recorded => AttendanceRowOutcome.Recorded,
                RecordAttendance.Outcome.Known => AttendanceRowOutcome.Known,
                RecordAttendance.Outcome.NotRegistered => AttendanceRowOutcome.NotRegistered,
                var other => throw new InvalidOperationException($"No outcome for {other}."),
            };
        });

        var byPerson = visits.Select((visit, n) => (visit.Key, Outcome: outcomes[n])).ToDictionary(pair => pair.Key, pair => pair.Outcome);
        return AttendanceReport.Of(
            file.Provider,
            session.Number,
            outcomes.Count(outcome => outcome is AttendanceRowOutcome.Recorded or AttendanceRowOutcome.Known),
            [.. rows.Select(row => row switch
            {
                JudgedRow.Visit visit => new AttendanceRowReport(
                    visit.Line, byPerson[visit.Person], visit.Email, visit.Joined.ToDateTimeOffset(), visit.Stay is { } stay ? Minutes(stay) : null),
                JudgedRow.LeftOut leftOut => new(leftOut.Line, leftOut.Why, leftOut.Email, null, null),
                _ => throw new InvalidOperationException($"No report for {row}."),
            })]);
    }

    private JudgedRow Judge(AttendanceRow row, Webinar webinar, WebinarSession session)
    {
        EmailAddress? address = null;
        foreach (var cell in row.Addresses)
        {
            if (!EmailAddress.TryParse(cell, out var parsed)) continue;
            address = parsed;
            break;
        }

        var email = address?.Value;
        if (!row.WasThere) return new JudgedRow.LeftOut(row.Line, AttendanceRowOutcome.Absent, email);
        if (address is not { } known) return new JudgedRow.LeftOut(row.Line, AttendanceRowOutcome.NoAddress, null);
        if (AttendanceTime.Read(row.Join, row.Zone, webinar.Zone, session.Start) is not { } joined) return new JudgedRow.LeftOut(row.Line, AttendanceRowOutcome.MalformedTime, email);

        var left = AttendanceTime.Read(row.Leave, row.Zone, webinar.Zone, joined);
        if (left < joined) left = null;
        if (!IsOf(session, webinar, joined, left)) return new JudgedRow.LeftOut(row.Line, AttendanceRowOutcome.NotThisSession, email);

        return new JudgedRow.Visit(row.Line, known.Value, personIds.Of(known), joined, left, AttendanceTime.ReadLength(row.Stay) ?? (left - joined));
    }

    /// <summary>By the day, and not by the hour: exports in another zone than the webinar's may be off by some. Several sessions of a day share it out.</summary>
    private static bool IsOf(WebinarSession session, Webinar webinar, Instant joined, Instant? left)
    {
        var day = joined.InZone(webinar.Zone).Date;
        if (day < session.Start.InZone(webinar.Zone).Date || day > session.End.InZone(webinar.Zone).Date) return false;
        if (joined < session.End && (left ?? joined) > session.Start) return true;
        return webinar.Sessions.MinBy(other => Distance(other, joined))!.Number == session.Number;
    }

    private static Duration Distance(WebinarSession session, Instant moment) =>
        moment < session.Start ? session.Start - moment : moment > session.End ? moment - session.End : Duration.Zero;

    /// <summary>The first coming; the stays added up, and no more than from the first coming to the last going: some come by two devices.</summary>
    private static Attendance Merge(IReadOnlyList<JudgedRow.Visit> visits)
    {
        var first = visits.Min(visit => visit.Joined);
        var stays = visits.Select(visit => visit.Stay).OfType<Duration>().ToList();
        if (stays.Count == 0) return new(first.ToDateTimeOffset());

        var total = stays.Aggregate(Duration.Zero, (sum, stay) => sum + stay);
        if (visits.All(visit => visit.Left is not null))
        {
            // Providers round each stay to whole minutes.
            var most = Duration.FromMinutes(Math.Ceiling((visits.Max(visit => visit.Left!.Value) - first).TotalMinutes));
            if (total > most) total = most;
        }

        return new(first.ToDateTimeOffset(), Minutes(total));
    }

    private static int Minutes(Duration stay) => (int)Math.Round(stay.TotalMinutes, MidpointRounding.AwayFromZero);

    private abstract record JudgedRow(int Line)
    {
        public sealed record Visit(int Line, string Email, PersonId Person, Instant Joined, Instant? Left, Duration? Stay) : JudgedRow(Line);

        public sealed record LeftOut(int Line, AttendanceRowOutcome Why, string? Email) : JudgedRow(Line);
    }
}
