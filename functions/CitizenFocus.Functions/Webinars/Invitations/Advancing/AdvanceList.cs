using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// Takes a list further, a step at a time: a transaction that invites some, then their e-mails on the queue, which the next
/// step's transaction records. Whoever finds steps whose e-mails are not known to be queued puts them again; the send
/// ledger lets one through.
/// </summary>
internal sealed class AdvanceList(
    InvitationStore invitations, RegistrationStore registrations, Suppressions suppressions, EmailQueue emails, PersonIds personIds, TimeProvider clock)
{
    private const int MessagesInFlight = 32;

    /// <param name="webinar">Whose registration is open.</param>
    /// <param name="listId">Which list; done or gone, there is nothing to do.</param>
    /// <param name="source">Its rows.</param>
    /// <param name="isTimeUp">Asked between two steps.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns><see langword="false"/> where the time was up and rows may be left.</returns>
    public Task<bool> RunAsync(Webinar webinar, string listId, IListSource source, Func<bool> isTimeUp, CancellationToken cancellationToken)
    {
        var step = new ListStep(invitations, personIds, new(webinar.Slug, registrations, suppressions), webinar, clock);
        return OptimisticRetry.RunAsync(async () =>
        {
            if (await invitations.FindListAsync(webinar.Slug, listId, cancellationToken) is not { Value.State: not InvitationListState.Done } list) return true;

            if (list.Value.Queued < list.Value.Chunks)
            {
                await QueueAsync(webinar, list.Value.Id, source, await invitations.ListResultsAsync(webinar.Slug, listId, list.Value.Chunks - 1, cancellationToken), cancellationToken);
            }

            if (list.Value.State == InvitationListState.Running && await StepAsync(webinar, list, source, step, isTimeUp, cancellationToken) is var (reached, isAtTheEnd))
            {
                list = reached;
                if (!isAtTheEnd)
                {
                    // Whoever goes on need not put the last step's e-mails again.
                    await invitations.ReplaceListAsync(webinar.Slug, list.Value with { Queued = list.Value.Chunks }, list.ETag, cancellationToken);
                    return false;
                }
            }

            await EndAsync(webinar.Slug, list, source, cancellationToken);
            return true;
        });
    }

    /// <summary>Ends a list of a webinar that nobody can come to any more, wherever it stands.</summary>
    public Task EndAsync(WebinarSlug webinar, string listId, IListSource source, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        if (await invitations.FindListAsync(webinar, listId, cancellationToken) is { } list) await EndAsync(webinar, list, source, cancellationToken);
        return true;
    });

    private async Task<(Stored<InvitationList> Reached, bool IsAtTheEnd)> StepAsync(
        Webinar webinar, Stored<InvitationList> list, IListSource source, ListStep step, Func<bool> isTimeUp, CancellationToken cancellationToken)
    {
        await using var rows = source.ReadAsync(webinar, list.Value, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (!isTimeUp())
        {
            var next = new List<ListRow>(ListStep.MaxRows);
            while (next.Count < ListStep.MaxRows && await rows.MoveNextAsync()) next.Add(rows.Current);
            if (next.Count == 0) return (list, true);

            (list, var results) = await step.TakeAsync(list, next, cancellationToken);
            await QueueAsync(webinar, list.Value.Id, source, results, cancellationToken);
        }

        return (list, false);
    }

    private async Task EndAsync(WebinarSlug webinar, Stored<InvitationList> list, IListSource source, CancellationToken cancellationToken)
    {
        var (current, etag) = (list.Value, list.ETag);
        if (!source.Ends)
        {
            if (current.Queued < current.Chunks) await invitations.ReplaceListAsync(webinar, current with { Queued = current.Chunks }, etag, cancellationToken);
            return;
        }

        if (current.State == InvitationListState.Running)
        {
            current = current with { State = InvitationListState.Closing, Queued = current.Chunks };
            etag = await invitations.ReplaceListAsync(webinar, current, etag, cancellationToken);
        }

        if (current.State == InvitationListState.Closing)
        {
            await source.CloseAsync(webinar, current, cancellationToken);
            await invitations.ReplaceListAsync(webinar, current with { State = InvitationListState.Done }, etag, cancellationToken);
        }
    }

    private Task QueueAsync(Webinar webinar, string list, IListSource source, IEnumerable<RowResult> results, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            results.Where(result => IsMailed(result, list)),
            new ParallelOptions { MaxDegreeOfParallelism = source.KeepsOrder ? 1 : MessagesInFlight, CancellationToken = cancellationToken },
            async (result, token) => await emails.EnqueueAsync(
                personIds.Of(EmailAddress.Parse(result.Address)), InvitationDeliveries.Of(webinar.Slug, list, result), TimeSpan.Zero, token));

    // Who asks for an invitation that they had before gets it, once more.
    private static bool IsMailed(RowResult result, string list) =>
        result.Outcome == RowOutcome.Invited || (result.Outcome == RowOutcome.AlreadyInvited && list == InvitationKeys.Requests);
}
