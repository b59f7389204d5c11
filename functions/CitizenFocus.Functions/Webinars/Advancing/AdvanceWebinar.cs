using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Brings one webinar forward from whatever state it finds. Level-triggered: run twice, at once, or after a crash anywhere,
/// the outcome is the same.
/// </summary>
internal sealed class AdvanceWebinar(
    WebinarStore webinars,
    RegistrationStore registrations,
    Announcements announcements,
    Outbox outbox,
    CallOff callOff,
    TellChange tellChange,
    SendMailings mailings,
    WebinarService service,
    TimeProvider clock) : IQueueFunction
{
    public const string FunctionName = "AdvanceWebinar";

    private readonly SharedRuns<WebinarSlug> _runs = new();

    /// <summary>A rush of registrations is a rush of messages; runs side by side would only be in each other's way.</summary>
    public Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        var slug = Announcements.Parse(message.Text);
        return _runs.RunAsync(slug, () => AdvanceAsync(slug, CancellationToken.None));
    }

    public Task AdvanceAsync(WebinarSlug slug, CancellationToken cancellationToken) =>
        OptimisticRetry.RunAsync(async () =>
        {
            // First what an earlier run, a cancellation or an undo left: it waited longest.
            await outbox.DrainAsync(slug, cancellationToken);

            // The seats before the webinar: whoever takes a later state of the webinar over replaces them, and this run's
            // commit fails. The other way round, a run that was held up in between would put an old capacity back.
            var seats = await registrations.FindSeatsAsync(slug, cancellationToken);
            if (await webinars.FindAsync(slug, cancellationToken) is not { } webinar) return false;

            var now = clock.GetUtcNow();
            var turn = await SeatTurn.BeginAsync(registrations, webinar.Value, seats, now, cancellationToken);
            var line = new SeatLine(registrations, announcements, outbox, turn, webinar.Value, now);
            await line.ReleaseAsync(cancellationToken);
            await line.SeatAsync(cancellationToken);
            await line.AnswerRequestsAsync(cancellationToken);
            WebinarMetrics.Counted(slug, turn.Seats);
            await TellManyAsync(webinar.Value, turn.Seats, cancellationToken);
            await EndAsync(webinar, now, cancellationToken);
            return true;
        });

    private async Task TellManyAsync(Webinar webinar, Seats seats, CancellationToken cancellationToken)
    {
        var broadcasts = await registrations.ListBroadcastsAsync(webinar.Slug, cancellationToken);
        if (webinar.Status == WebinarStatus.Cancelled)
        {
            if (broadcasts.FirstOrDefault(broadcast => broadcast.Value is { IsDone: false, RowKey: RowKeys.CallOff }) is { } called) await callOff.AdvanceAsync(webinar.Slug, called, cancellationToken);
            return;
        }

        // The last revision is what is told: an earlier one that was not told to all is part of it.
        var change = broadcasts.LastOrDefault(broadcast => RowKeys.RevisionOf(broadcast.Value.RowKey) is not null);
        if (webinar.Status == WebinarStatus.Published && change is { Value.IsDone: false })
        {
            await tellChange.AdvanceAsync(webinar, RowKeys.RevisionOf(change.Value.RowKey)!.Value, change, cancellationToken);
        }

        foreach (var mailing in mailings.Due(webinar, seats))
        {
            var place = broadcasts.FirstOrDefault(broadcast => broadcast.Value.RowKey == RowKeys.Mailing(mailing.Key));
            await mailings.AdvanceAsync(webinar.Slug, mailing, place, seats.Revision, cancellationToken);
        }
    }

    private async Task EndAsync(Stored<Webinar> webinar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (webinar.Value.Status == WebinarStatus.Published && webinar.Value.EndInstant.ToDateTimeOffset() <= now)
        {
            await service.TryChangeAsync(webinar.Value with { Status = WebinarStatus.Ended }, webinar.Value, webinar.ETag, cancellationToken);
        }
    }
}
