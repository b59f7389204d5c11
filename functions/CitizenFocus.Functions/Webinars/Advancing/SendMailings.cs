using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Puts a webinar's reminders and follow-ups on the queue when they are due. A row <c>x</c> keeps the place among the
/// registrations; it is moved on after the messages are put, so that a crash in between puts some twice, and the send
/// ledger lets one mail through.
/// </summary>
internal sealed class SendMailings(RegistrationStore registrations, EmailQueue emails, SendingRate rate, TimeProvider clock)
{
    private const int RegistrationsAPage = 1_000;
    private const int MessagesInFlight = 32;

    /// <summary>What a seat's commit may take, and clocks may differ.</summary>
    private static readonly TimeSpan SecondPassOverlap = TimeSpan.FromMinutes(15);

    private static readonly RegistrationStatus[] Concerned = [RegistrationStatus.Confirmed];

    /// <summary>Those whose time has come and is not over.</summary>
    public IEnumerable<Mailing> Due(Webinar webinar, Seats seats)
    {
        var (now, takes) = (Now(), rate.TimeFor(seats.Confirmed));
        return Mailing.Of(webinar).Where(mailing => mailing.StartFor(takes) <= now && now < mailing.Until);
    }

    /// <param name="webinar">Whose.</param>
    /// <param name="mailing">What is due.</param>
    /// <param name="place">How far it got; <see langword="null"/> where it was not begun.</param>
    /// <param name="revision">Of the webinar, as it was taken over.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task AdvanceAsync(WebinarSlug webinar, Mailing mailing, Stored<Broadcast>? place, int revision, CancellationToken cancellationToken)
    {
        // A change that was made meanwhile, and perhaps taken back, may have kept it from some: the ledger keeps it from the others.
        if (place is null || place.Value.Revision != revision) place = await PutAsync(webinar, Begun(mailing, revision), place?.ETag, cancellationToken);

        var faces = new Dictionary<int, bool>();
        while (place is { Value.IsDone: false })
        {
            var current = place.Value;
            var isSecondPass = current.After.StartsWith(RowKeys.SecondPass, StringComparison.Ordinal);
            if (isSecondPass && Now() < mailing.Moment) return;

            var after = isSecondPass ? current.After[RowKeys.SecondPass.Length..] : current.After;
            var joined = RegistrationMapping.JoinedColumn(mailing.Session.Number);
            var page = await registrations.ListAfterAsync(webinar, after, Concerned, RegistrationsAPage, [joined], cancellationToken);
            await LearnFacesAsync(webinar, mailing, page, faces, cancellationToken);
            var concerned = page.Where(row => IsFor(mailing, row, joined, isSecondPass ? current.AgainFrom : null, faces));
            await Parallel.ForEachAsync(
                concerned.Select(row => RowKeys.PersonOf(row.RowKey)),
                new ParallelOptions { MaxDegreeOfParallelism = MessagesInFlight, CancellationToken = cancellationToken },
                async (person, token) => await emails.EnqueueAsync(person, mailing.Key, TimeSpan.Zero, token));

            var next = (page.Count, isSecondPass, current.AgainFrom) switch
            {
                ( > 0, false, _) => current with { After = page[^1].RowKey },
                ( > 0, true, _) => current with { After = RowKeys.SecondPass + page[^1].RowKey },
                (0, false, not null) => current with { After = RowKeys.SecondPass + RowKeys.BeforeRegistrations },
                _ => current with { IsDone = true },
            };
            place = await PutAsync(webinar, next, place.ETag, cancellationToken);
        }
    }

    /// <summary>One that begins before its moment goes through twice: whoever is told the time in between is reminded, too.</summary>
    private Broadcast Begun(Mailing mailing, int revision) => new(
        RowKeys.Mailing(mailing.Key),
        RowKeys.BeforeRegistrations,
        IsDone: false,
        Now() < mailing.Moment ? clock.GetUtcNow() - SecondPassOverlap : null,
        revision);

    /// <returns><see langword="null"/> where another run is at it.</returns>
    private async Task<Stored<Broadcast>?> PutAsync(WebinarSlug webinar, Broadcast broadcast, ETag? etag, CancellationToken cancellationToken) =>
        await registrations.TryPutBroadcastAsync(webinar, broadcast, etag, cancellationToken) is { } put ? new(broadcast, put) : null;

    /// <summary>Whether those who were told a revision know this session's start by it.</summary>
    private async Task LearnFacesAsync(
        WebinarSlug webinar, Mailing mailing, IReadOnlyList<TableEntity> page, Dictionary<int, bool> faces, CancellationToken cancellationToken)
    {
        if (!mailing.IsReminder) return;
        foreach (var told in page.Select(ToldRevision).Distinct().Where(told => !faces.ContainsKey(told)).ToList())
        {
            faces[told] = await registrations.FindFaceAsync(webinar, told, cancellationToken) is not { } face || face.Has(mailing.Session);
        }
    }

    /// <summary>
    /// A reminder is for whoever knows of this start, since before its moment, and is not there already; the mail's own
    /// composer looks again.
    /// </summary>
    private static bool IsFor(Mailing mailing, TableEntity row, string joined, DateTimeOffset? toldSince, Dictionary<int, bool> faces)
    {
        if (!mailing.IsReminder) return true;
        var toldAt = row.GetDateTimeOffset("ToldAt");
        return !(row.GetDateTimeOffset(joined) is { } joinedAt && new Attendance(joinedAt).IsOf(mailing.Session))
            && !(toldAt >= mailing.Moment.ToDateTimeOffset())
            && (toldSince is null || toldAt >= toldSince)
            && faces[ToldRevision(row)];
    }

    private static int ToldRevision(TableEntity row) => row.GetInt32("ToldRevision") ?? 0;

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
