using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Tells everybody who has a seat or waits for one that the webinar is cancelled. The row <c>x</c>, put where Advance takes
/// the cancellation over, keeps the place among the registrations: each step is one transaction that raises the sequence
/// of some of them, leaves their e-mails, and moves the place on.
/// </summary>
internal sealed class CallOff(RegistrationStore registrations, Outbox outbox)
{
    // Two operations a registration, one for the place.
    private const int RegistrationsAStep = 49;

    public async Task AdvanceAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        while (await registrations.FindEntityAsync(webinar, RowKeys.CallOff, cancellationToken) is { } place)
        {
            var next = await registrations.ListAfterAsync(webinar, place.GetString("After") ?? RowKeys.BeforeRegistrations, RegistrationsAStep, cancellationToken);
            if (next.Count == 0)
            {
                await registrations.DeleteIfExistsAsync(webinar, RowKeys.CallOff, cancellationToken);
                return;
            }

            var told = next.Where(row => row.GetString("Status") is nameof(RegistrationStatus.Confirmed) or nameof(RegistrationStatus.Waiting)).ToList();
            await registrations.CommitAsync(
                [
                    new(TableTransactionActionType.UpdateReplace, RegistrationMapping.CallOffPlace(webinar, next[^1].RowKey), place.ETag),
                    .. told.SelectMany(row => Tell(webinar, row)),
                ],
                cancellationToken);
            await outbox.SendAsync(webinar, [.. told.Select(row => OutgoingOf(webinar, row))], cancellationToken);
        }
    }

    private static IEnumerable<TableTransactionAction> Tell(WebinarSlug webinar, TableEntity row) =>
    [
        // Its ETag: who cancelled meanwhile is told nothing more.
        new(TableTransactionActionType.UpdateMerge, RegistrationMapping.WithSequence(webinar, row.RowKey, NextSequence(row)), row.ETag),
        new(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(webinar, OutgoingOf(webinar, row))),
    ];

    private static string OutgoingOf(WebinarSlug webinar, TableEntity row) =>
        RowKeys.Outgoing(RowKeys.PersonOf(row.RowKey), WebinarDeliveries.Cancelled(webinar, NextSequence(row)));

    private static int NextSequence(TableEntity row) => (row.GetInt32("Sequence") ?? 0) + 1;
}
