using System.Globalization;
using CitizenFocus.Functions.Hosting;
using NodaTime;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// Makes an issue of what is new. The state's ETag is the lock: two who make the same one at once make it once; and what a
/// process that died had numbered is in the next issue, since that begins where the last one ended.
/// </summary>
internal sealed class MakeIssue(IssueStore issues, DigestStates states, NumberCommitments number, DigestContent content, DigestSchedule schedule, TimeProvider clock)
{
    /// <returns><see langword="null"/> where none is due, the next one is held, or there is nothing new.</returns>
    public Task<DigestIssue?> IfDueAsync(DigestCadence cadence, CancellationToken cancellationToken) => RunAsync(
        cadence,
        state =>
        {
            var due = schedule.LastDue(cadence, Now).ToDateTimeOffset();
            return due > state.DueAt && state.HeldSince is null ? due : null;
        },
        cancellationToken);

    /// <summary>Whether or not it is due or held.</summary>
    /// <returns><see langword="null"/> where there is nothing new.</returns>
    public Task<DigestIssue?> NowAsync(DigestCadence cadence, CancellationToken cancellationToken) =>
        RunAsync(cadence, state => state.DueAt, cancellationToken);

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <param name="due">The moment that the issue is for; <see langword="null"/>: none is to be made.</param>
    private async Task<DigestIssue?> RunAsync(DigestCadence cadence, Func<CadenceState, DateTimeOffset?> due, CancellationToken cancellationToken)
    {
        var operation = Guid.NewGuid().ToString("N");
        return await OptimisticRetry.RunAsync(async () =>
        {
            var state = await states.GetAsync(cancellationToken);

            // Made by us, and only the answer was lost.
            if (state.Value.OperationId == IssueOperation(operation)) return await issues.FindAsync(new(cadence, state.Value.Of(cadence).Issues), cancellationToken);
            if (due(state.Value.Of(cadence)) is not { } moment) return null;

            state = await number.RunAsync(state, operation, cancellationToken);
            var before = state.Value.Of(cadence);
            if ((await content.LoadAsync(before.UpTo, state.Value.LastNumber, cancellationToken)).Count == 0)
            {
                if (moment != before.DueAt) await issues.PutStateAsync(state.Value.With(cadence, before with { DueAt = moment }), state.ETag, cancellationToken);
                return null;
            }

            var issue = await IssueAsync(cadence, before, state.Value.LastNumber, moment, cancellationToken);
            var after = before with { Issues = issue.Key.Number, UpTo = issue.UpTo, DueAt = moment, Opening = "" };
            await issues.MakeAsync(state.Value.With(cadence, after) with { OperationId = IssueOperation(operation) }, state.ETag, issue, cancellationToken);
            return issue;
        });
    }

    // Numbering writes the state, too.
    private static string IssueOperation(string operation) => operation + "-issue";

    private async Task<DigestIssue> IssueAsync(DigestCadence cadence, CadenceState before, int upTo, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        // One that is sent out of turn is of the week in which that is.
        var isDue = moment != before.DueAt;
        var name = schedule.NameOf(cadence, isDue ? Instant.FromDateTimeOffset(moment) : Now);
        var free = name;
        for (var n = 2; await issues.FindByNameAsync(free, cancellationToken) is not null; n++) free = string.Create(CultureInfo.InvariantCulture, $"{name}-{n}");
        return new()
        {
            Key = new(cadence, before.Issues + 1),
            Name = free,
            After = before.UpTo,
            UpTo = upTo,
            MadeAt = clock.GetUtcNow(),
            Opening = before.Opening,
        };
    }
}
