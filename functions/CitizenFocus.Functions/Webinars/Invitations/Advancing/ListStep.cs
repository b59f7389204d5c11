using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Decides about a few rows of a list, and writes that down as one transaction under the list's ETag.</summary>
internal sealed class ListStep(InvitationStore invitations, PersonIds personIds, Exclusions exclusions, Webinar webinar, TimeProvider clock)
{
    /// <summary>Two operations a row at most, the results, and the list, of the 100 that a transaction may have.</summary>
    public const int MaxRows = 48;

    /// <returns>The list after the step, and what became of the rows.</returns>
    /// <exception cref="RequestFailedException">Somebody else's step came first, or this one's first try, whose answer was lost.</exception>
    public async Task<(Stored<InvitationList> List, IReadOnlyList<RowResult> Results)> TakeAsync(
        Stored<InvitationList> list, IReadOnlyList<ListRow> rows, CancellationToken cancellationToken)
    {
        var known = new Dictionary<PersonId, Invitation>();
        for (var isFirstTry = true; ; isFirstTry = false)
        {
            var decided = await DecideAsync(list.Value, rows, known, cancellationToken);
            try
            {
                return await CommitAsync(list, rows, decided, known, cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == StatusCodes.Status409Conflict && isFirstTry)
            {
                // Some were invited before. That is found out so, and not by a read for each row of each list.
                await LearnAsync(decided, known, cancellationToken);
                if (known.Count == 0) throw;
            }
        }
    }

    private async Task<IReadOnlyList<Decided>> DecideAsync(
        InvitationList list, IReadOnlyList<ListRow> rows, Dictionary<PersonId, Invitation> known, CancellationToken cancellationToken)
    {
        List<(ListRow Row, PersonId? Person)> people = [.. rows.Select(row => (row, row.Email is { } email ? personIds.Of(email) : (PersonId?)null))];
        var excluded = await exclusions.AmongAsync([.. people.Select(pair => pair.Person).OfType<PersonId>().Distinct()], cancellationToken);
        var (seen, decided) = (new HashSet<PersonId>(), new List<Decided>(rows.Count));
        foreach (var (row, person) in people)
        {
            decided.Add(new(row, person, person is { } id ? OutcomeOf(id) : RowOutcome.Malformed));
        }

        return decided;

        RowOutcome OutcomeOf(PersonId person)
        {
            if (!seen.Add(person)) return RowOutcome.Duplicate;
            if (excluded.TryGetValue(person, out var why)) return why;
            if (!known.TryGetValue(person, out var invitation)) return RowOutcome.Invited;

            // A request is answered whatever was before; in a file, this file's own earlier line is what invited them.
            return invitation.List == list.Id && list.Format != ListFormat.None ? RowOutcome.Duplicate : RowOutcome.AlreadyInvited;
        }
    }

    private async Task<(Stored<InvitationList> List, IReadOnlyList<RowResult> Results)> CommitAsync(
        Stored<InvitationList> list, IReadOnlyList<ListRow> rows, IReadOnlyList<Decided> decided, Dictionary<PersonId, Invitation> known, CancellationToken cancellationToken)
    {
        var day = list.Value.Id == InvitationKeys.Requests ? InvitationKeys.Day(clock.GetUtcNow()) : null;
        IReadOnlyList<RowResult> results = [.. decided.Select(one => new RowResult(one.Row.Line, one.Row.Address, one.Outcome, one.Row.Fault, day))];
        var next = list.Value with
        {
            Done = list.Value.Done + rows.Count,
            Position = rows[^1].Position,
            Queued = list.Value.Chunks,
            Chunks = list.Value.Chunks + 1,
            Counts = list.Value.Counts.With(results),
        };
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, InvitationMapping.ToEntity(webinar.Slug, next), list.ETag),
            new(TableTransactionActionType.UpsertReplace, InvitationMapping.Results(webinar.Slug, next.Id, list.Value.Chunks, results)),
        ];
        foreach (var (row, person, outcome) in decided)
        {
            if (outcome == RowOutcome.Invited) actions.Add(new(TableTransactionActionType.Add, InvitationMapping.ToEntity(Invite(row, person!.Value, next.Id))));
            if (outcome == RowOutcome.AlreadyInvited && known[person!.Value] is { IsFromOrganisers: false } asked && !InvitationKeys.IsStanding(next.Id))
            {
                actions.Add(new(TableTransactionActionType.UpdateMerge, InvitationMapping.Raised(asked, webinar, next.Id), ETag.All));
            }

            if (row.RequestKey is { } request) actions.Add(new(TableTransactionActionType.Delete, new TableEntity(webinar.Slug.Value, request), ETag.All));
        }

        var responses = await invitations.CommitAsync(actions, cancellationToken);
        return (new(next, responses[0].Headers.ETag!.Value), results);
    }

    private Invitation Invite(ListRow row, PersonId person, string list) => new()
    {
        Webinar = webinar.Slug,
        Person = person,
        Email = row.Email!.Value,
        Name = row.Name,
        Language = row.Language,
        List = list,
        Series = InvitationKeys.IsFollowers(list) ? InvitationKeys.SeriesOf(list) ?? webinar.Series : null,
        InvitedAt = clock.GetUtcNow(),
    };

    private async Task LearnAsync(IReadOnlyList<Decided> decided, Dictionary<PersonId, Invitation> known, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(decided.Where(one => one.Outcome == RowOutcome.Invited)
            .Select(one => invitations.FindAsync(webinar.Slug, one.Person!.Value, cancellationToken)));
        foreach (var invitation in found.OfType<Invitation>()) known[invitation.Person] = invitation;
    }

    private sealed record Decided(ListRow Row, PersonId? Person, RowOutcome Outcome);
}
