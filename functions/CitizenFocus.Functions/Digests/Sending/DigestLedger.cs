using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>The digests' ledger as reports and the trace see it: the last issue to a subscriber stands in the subscriber's row.</summary>
internal sealed class DigestLedger(SubscriberStore subscribers) : IDeliveryReportTarget, ITraceSource
{
    public bool Owns(DeliveryKey key) => IssueKey.TryParse(key, out _);

    /// <returns><see langword="false"/> also where a later issue has taken the row since: the event itself is kept.</returns>
    public async Task<bool> ReportAsync(PersonId person, DeliveryKey key, DeliveryReport report, CancellationToken cancellationToken) => await OptimisticRetry.RunAsync(async () =>
    {
        if (!IssueKey.TryParse(key, out var issue) || (await subscribers.FindAsync(person, cancellationToken))?.Value.Last is not { } last || last.Issue != issue) return false;
        if ((last.Report, last.ReportedAt, last.ReportReason) == (report.State, report.At, report.Reason)) return true;
        return await subscribers.MergeAsync(SubscriberMapping.Report(person, issue, report.State, report.At, report.Reason), cancellationToken);
    });

    public async Task<IReadOnlyList<Delivery>> OfAsync(PersonId person, CancellationToken cancellationToken) =>
        (await subscribers.FindAsync(person, cancellationToken))?.Value.Last is { } last
            ?
            [
                new()
                {
                    Person = person,
                    Key = last.Issue.DeliveryKey,
                    State = last.State,
                    Attempt = last.Attempt,
                    Unanswered = last.Unanswered,
                    Provider = last.Provider,
                    ProviderId = last.ProviderId,
                    Reason = last.Reason,
                    Decision = last.Decision,
                    DueAt = last.DueAt,
                    Report = last.Report,
                    ReportedAt = last.ReportedAt,
                    ReportReason = last.ReportReason,
                    CreatedAt = last.CreatedAt,
                    UpdatedAt = last.UpdatedAt,
                    OperationId = "",
                },
            ]
            : [];
}
