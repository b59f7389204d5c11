using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Tells many that their calendar entry changes. A row <c>x</c> keeps the place among the registrations: each step is one
/// transaction that raises the sequence of some of them, leaves their e-mails, and moves the place on.
/// </summary>
internal sealed class Retelling(RegistrationStore registrations, Outbox outbox)
{
    // Two operations a registration, one for the place.
    private const int RegistrationsAStep = 49;

    /// <summary>What one person's step writes.</summary>
    /// <param name="Change">The columns to be merged into <c>r</c>.</param>
    /// <param name="Email">Their e-mail.</param>
    public sealed record Told(TableEntity Change, DeliveryKey Email);

    /// <param name="webinar">Whose.</param>
    /// <param name="place">How far it got.</param>
    /// <param name="statuses">Who may be concerned.</param>
    /// <param name="tell">What a registration is told under its next sequence; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public async Task AdvanceAsync(
        WebinarSlug webinar,
        Stored<Broadcast> place,
        IReadOnlyCollection<RegistrationStatus> statuses,
        Func<TableEntity, int, Task<Told?>> tell,
        CancellationToken cancellationToken)
    {
        var (current, etag) = (place.Value, place.ETag);
        while (!current.IsDone)
        {
            var next = await registrations.ListAfterAsync(webinar, current.After, statuses, RegistrationsAStep, [], cancellationToken);
            current = next.Count == 0 ? current with { IsDone = true } : current with { After = next[^1].RowKey };

            List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, RowMapping.ToEntity(webinar, current), etag)];
            List<string> outgoing = [];
            foreach (var row in next)
            {
                if (await tell(row, (row.GetInt32("Sequence") ?? 0) + 1) is not var (change, email)) continue;
                outgoing.Add(RowKeys.Outgoing(RowKeys.PersonOf(row.RowKey), email));

                // Its ETag: who cancelled meanwhile is told nothing more.
                actions.Add(new(TableTransactionActionType.UpdateMerge, change, row.ETag));
                actions.Add(new(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(webinar, outgoing[^1])));
            }

            etag = (await registrations.CommitAsync(actions, cancellationToken))[0].Headers.ETag!.Value;
            await outbox.SendAsync(webinar, outgoing, cancellationToken);
        }
    }
}
