using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>
/// Notes that somebody came to a session. What is known already is merged with: the earlier time, the longer stay. So
/// whatever is told twice, in whatever order, ends the same.
/// </summary>
internal sealed class RecordAttendance(RegistrationStore registrations)
{
    public enum Outcome
    {
        Recorded,

        /// <summary>Nothing new.</summary>
        Known,

        NotRegistered,
    }

    public Task<Outcome> HandleAsync(WebinarSlug webinar, PersonId person, WebinarSession session, Attendance seen, CancellationToken cancellationToken) =>
        OptimisticRetry.RunAsync(async () =>
        {
            if (await registrations.FindAsync(webinar, person, cancellationToken) is not var (registration, etag)) return Outcome.NotRegistered;

            // Who came before it was put off has still to come.
            var known = registration.HasJoined(session) ? registration.Attendance[session.Number] : null;
            var merged = Merge(known, seen);
            if (merged == known) return Outcome.Known;

            await registrations.RecordAttendanceAsync(webinar, person, session.Number, merged, etag, cancellationToken);
            return Outcome.Recorded;
        });

    private static Attendance Merge(Attendance? known, Attendance seen) => known is null
        ? seen
        : new(known.JoinedAt <= seen.JoinedAt ? known.JoinedAt : seen.JoinedAt, Longer(known.Minutes, seen.Minutes));

    private static int? Longer(int? one, int? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);
}
