using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Tracing;

/// <summary>Answers "why did X not get it?": from the ledger, the other ledgers, what providers reported, the suppression and the switch.</summary>
internal sealed class DeliveryTrace(
    SendLedger ledger,
    DeliveryEvents events,
    Suppressions suppressions,
    SendingControl control,
    IEnumerable<ITraceSource> sources,
    IEnumerable<IEmailComposer> composers,
    TimeProvider clock)
{
    /// <returns>Empty, in the same shape, for somebody of whom nothing is known.</returns>
    public async Task<Trace> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        var suppression = await suppressions.FindWithHistoryAsync(person, cancellationToken);
        var pause = (await control.ReadAsync(cancellationToken)).Pause;
        var rows = (await ledger.ListAsync(person, cancellationToken)).ToList();
        foreach (var source in sources) rows.AddRange(await source.OfAsync(person, cancellationToken));

        var told = (await events.ListAsync(person, cancellationToken)).ToLookup(e => e.Key);
        return new()
        {
            Person = person,
            Suppression = suppression,
            Emails =
            [
                .. rows.Select(row => Trace(row, pause, suppression)).OrderByDescending(email => email.CreatedAt).ThenBy(email => email.Key.Value, StringComparer.Ordinal)
                    .Select(email => email with { Events = Machines.Judge([.. told[email.Key]]) }),
            ],
        };
    }

    private TracedEmail Trace(Delivery row, Pause? pause, Suppression? suppression)
    {
        var next = NextStep.Of(row, composers.Any(composer => composer.BulkKinds.Contains(row.Key.Kind)), pause, suppression, clock.GetUtcNow());
        return new()
        {
            Key = row.Key,
            Kind = TraceWords.OfKind(row.Key.Kind),
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            Attempts = row.Attempt,
            Unanswered = row.Unanswered,
            Provider = row.Provider,
            ProviderId = row.ProviderId,
            Answer = row.Reason,
            Decision = row.Decision,

            // A report is of what the provider has accepted, whatever we know of that ourselves.
            State = row.Report is { } report ? TraceWords.OfReport(report) : TraceWords.OfState(row.State),
            StateAt = row.ReportedAt ?? row.UpdatedAt,
            ReportReason = row.ReportReason,
            NextStep = next.Sentence,
            NextStepAt = next.At,
        };
    }
}
