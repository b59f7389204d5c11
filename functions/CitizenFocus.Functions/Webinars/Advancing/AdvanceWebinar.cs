using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Brings one webinar forward from whatever state it finds. Level-triggered: run twice, at once, or after a crash anywhere,
/// the outcome is the same.
/// </summary>
internal sealed class AdvanceWebinar(WebinarStore webinars, RegistrationStore registrations, Outbox outbox, CallOff callOff, TimeProvider clock) : IQueueFunction
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
            if (await webinars.FindAsync(slug, cancellationToken) is not { Value: var webinar }) return false;

            var turn = await SeatTurn.BeginAsync(registrations, webinar, seats, cancellationToken);
            await ReleaseHoldsAsync(turn, slug, cancellationToken);

            var now = clock.GetUtcNow();
            var open = webinar.AcceptsRegistrations(Instant.FromDateTimeOffset(now));
            if (webinar.Status == WebinarStatus.Cancelled) await callOff.AdvanceAsync(slug, cancellationToken);
            if (open) await PromoteAsync(turn, slug, cancellationToken);
            await DecideRequestsAsync(turn, slug, open, now, cancellationToken);
            return true;
        });

    private async Task ReleaseHoldsAsync(SeatTurn turn, WebinarSlug slug, CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(slug, "h|", RowKeys.HoldsDueBefore(clock.GetUtcNow())).WithCancellation(cancellationToken))
        {
            foreach (var hold in page.Values)
            {
                await turn.ReleaseAsync(hold.RowKey, cancellationToken);
            }
        }

        await turn.FinishAsync(cancellationToken);
    }

    /// <summary>Whoever waits comes before whoever asks.</summary>
    private async Task PromoteAsync(SeatTurn turn, WebinarSlug slug, CancellationToken cancellationToken)
    {
        if (!turn.Seats.HasFree || turn.Seats.Waiting == 0) return;

        await foreach (var page in registrations.PagesAsync(slug, "w|", "w}").WithCancellation(cancellationToken))
        {
            foreach (var place in page.Values.TakeWhile(_ => turn.Seats.HasFree))
            {
                var (_, person) = RowKeys.ParseNumbered(place.RowKey);
                await turn.PromoteAsync(place.RowKey, person, SequenceOf(place), cancellationToken);
            }

            await outbox.SendAsync(slug, await turn.FinishAsync(cancellationToken), cancellationToken);
            if (!turn.Seats.HasFree) break;
        }
    }

    private async Task DecideRequestsAsync(SeatTurn turn, WebinarSlug slug, bool open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(slug, "q|", "q}").WithCancellation(cancellationToken))
        {
            foreach (var request in page.Values)
            {
                var (_, person) = RowKeys.ParseNumbered(request.RowKey);
                var sequence = SequenceOf(request);
                var move = (open, turn.Seats.HasFree) switch
                {
                    (false, _) => turn.CloseAsync(request.RowKey, person, sequence, cancellationToken),
                    (true, true) => turn.ConfirmAsync(request.RowKey, person, sequence, cancellationToken),
                    (true, false) => turn.JoinLineAsync(request.RowKey, person, sequence, now, cancellationToken),
                };
                await move;
            }

            await outbox.SendAsync(slug, await turn.FinishAsync(cancellationToken), cancellationToken);
        }
    }

    private static int SequenceOf(TableEntity row) => row.GetInt32("Sequence") ?? 0;
}
