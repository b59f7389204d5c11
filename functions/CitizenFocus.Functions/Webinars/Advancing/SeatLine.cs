using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>One run through a webinar's line: what is kept too long is let go, and free seats go to the head.</summary>
internal sealed class SeatLine(
    RegistrationStore registrations, Announcements announcements, Outbox outbox, SeatTurn turn, Webinar webinar, DateTimeOffset now)
{
    private static readonly TimeSpan OfferLasts = TimeSpan.FromHours(24);

    /// <summary>On the last day there is no time to think it over.</summary>
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    private static readonly TimeSpan OfferLastsOnTheLastDay = TimeSpan.FromHours(1);

    private readonly WebinarSlug _slug = webinar.Slug;
    private readonly bool _isRunning = webinar.IsRunning(Instant.FromDateTimeOffset(now));

    /// <summary>Lets go what was kept for an undo, and for an answer, that did not come in time.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await foreach (var hold in EntriesAsync("h|", RowKeys.HoldsDueBefore(now), cancellationToken)) await turn.ReleaseAsync(hold, cancellationToken);
        await foreach (var offer in EntriesAsync("f|", RowKeys.OffersDueBefore(now), cancellationToken)) await turn.LapseAsync(offer, cancellationToken);
        await outbox.SendAsync(_slug, await turn.FinishAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Whoever waits comes before whoever asks.</summary>
    public async Task SeatAsync(CancellationToken cancellationToken)
    {
        if (!_isRunning || !turn.Seats.HasFree || turn.Seats.Waiting == 0) return;

        var until = OfferUntil();
        if (webinar.OffersSeats) await announcements.AnnounceAsync(_slug, until - now + Announcements.Delay, cancellationToken);

        await foreach (var place in EntriesAsync("w|", "w}", cancellationToken))
        {
            if (!turn.Seats.HasFree) break;
            if (webinar.OffersSeats && !place.IsFavoured) await turn.OfferAsync(place, until, cancellationToken);
            else await turn.PromoteAsync(place, cancellationToken);
        }

        await outbox.SendAsync(_slug, await turn.FinishAsync(cancellationToken), cancellationToken);
    }

    public async Task AnswerRequestsAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(_slug, "q|", "q}").WithCancellation(cancellationToken))
        {
            foreach (var request in page.Values.Select(RowMapping.LineEntryFrom)) await AnswerAsync(request, cancellationToken);
            await outbox.SendAsync(_slug, await turn.FinishAsync(cancellationToken), cancellationToken);
        }
    }

    private Task AnswerAsync(LineEntry request, CancellationToken cancellationToken)
    {
        // Who asked before the closing is not late because we were.
        var inTime = request.IsFavoured || webinar.IsBeforeClosing(Instant.FromUnixTimeTicks(request.Number - DateTime.UnixEpoch.Ticks));
        if (!_isRunning || !inTime) return turn.CloseAsync(request, cancellationToken);
        if (webinar.NeedsApproval && !request.IsFavoured) return turn.PendAsync(request, cancellationToken);
        return turn.Seats.HasFree ? turn.ConfirmAsync(request, cancellationToken) : turn.JoinLineAsync(request, cancellationToken);
    }

    private DateTimeOffset OfferUntil()
    {
        var start = webinar.StartInstant.ToDateTimeOffset();
        return now + (start - now <= LastDay ? OfferLastsOnTheLastDay : OfferLasts);
    }

    private async IAsyncEnumerable<LineEntry> EntriesAsync(
        string from, string below, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(_slug, from, below).WithCancellation(cancellationToken))
        {
            foreach (var row in page.Values) yield return RowMapping.LineEntryFrom(row);
        }
    }
}
