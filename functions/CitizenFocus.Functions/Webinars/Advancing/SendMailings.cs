using CitizenFocus.Functions.Email;
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
    private static readonly RegistrationStatus[] Concerned = [RegistrationStatus.Confirmed];

    /// <summary>Those whose time has come and is not over.</summary>
    public IEnumerable<Mailing> Due(Webinar webinar, Seats seats)
    {
        var (now, takes) = (Now(), rate.TimeFor(seats.Confirmed));
        return Mailing.Of(webinar).Where(mailing => mailing.StartFor(takes) <= now && now < mailing.Until);
    }

    public async Task AdvanceAsync(WebinarSlug webinar, Mailing mailing, Stored<Broadcast>? place, CancellationToken cancellationToken)
    {
        if (place is null && Now() < mailing.Moment)
        {
            // Whoever is told the time between now and the moment is reminded, too: a second pass at the moment finds them.
            place = await BeginAsync(webinar, mailing, clock.GetUtcNow(), cancellationToken);
        }

        place ??= await BeginAsync(webinar, mailing, null, cancellationToken);
        while (place is { Value.IsDone: false })
        {
            var current = place.Value;
            var isSecondPass = current.AgainFrom is not null && current.After.StartsWith(RowKeys.SecondPass, StringComparison.Ordinal);
            if (isSecondPass && Now() < mailing.Moment) return;

            var after = isSecondPass ? current.After[RowKeys.SecondPass.Length..] : current.After;
            var joined = RegistrationMapping.JoinedColumn(mailing.Session.Number);
            var page = await registrations.ListAfterAsync(webinar, after, Concerned, RegistrationsAPage, [joined], cancellationToken);
            var concerned = page.Where(row => IsFor(mailing, row, joined, isSecondPass ? current.AgainFrom : null));
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

    private Task<Stored<Broadcast>?> BeginAsync(WebinarSlug webinar, Mailing mailing, DateTimeOffset? againFrom, CancellationToken cancellationToken) =>
        PutAsync(webinar, new(RowKeys.Mailing(mailing.Key), RowKeys.BeforeRegistrations, IsDone: false, againFrom), null, cancellationToken);

    /// <returns><see langword="null"/> where another run is at it.</returns>
    private async Task<Stored<Broadcast>?> PutAsync(WebinarSlug webinar, Broadcast broadcast, ETag? etag, CancellationToken cancellationToken) =>
        await registrations.TryPutBroadcastAsync(webinar, broadcast, etag, cancellationToken) is { } put ? new(broadcast, put) : null;

    /// <summary>Nobody who was told the time after a reminder's moment gets it, nor who is there already; the mail's own composer looks again.</summary>
    private static bool IsFor(Mailing mailing, TableEntity row, string joined, DateTimeOffset? toldSince)
    {
        if (!mailing.IsReminder) return true;
        var toldAt = row.GetDateTimeOffset("ToldAt");
        return row.GetDateTimeOffset(joined) is null
            && !(toldAt >= mailing.Moment.ToDateTimeOffset())
            && (toldSince is null || toldAt >= toldSince);
    }

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
