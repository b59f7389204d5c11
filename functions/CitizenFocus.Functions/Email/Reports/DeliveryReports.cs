using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// Takes what providers report. First the event's row is added; then the ledger's report and the suppression are made from all
/// rows there are. So a crash between loses nothing, since the provider repeats and the second step looks at all again; and a
/// repeat changes nothing, since the same rows give the same.
/// </summary>
internal sealed class DeliveryReports(DeliveryEvents events, SendLedger ledger, Suppressions suppressions, IEnumerable<IDeliveryReportTarget> targets)
{
    /// <param name="reported">About one person.</param>
    /// <returns>How many were ours, and how many of them not known yet.</returns>
    public async Task<(int Ours, int Added)> TakeAsync(PersonId person, IEnumerable<DeliveryEvent> reported, CancellationToken cancellationToken)
    {
        var ours = new List<DeliveryEvent>();
        foreach (var mail in reported.GroupBy(e => e.Key))
        {
            // No row: of another site on the same account, or of somebody who was erased.
            if (TargetOf(mail.Key) is not null || await ledger.FindAsync(person, mail.Key, cancellationToken) is not null) ours.AddRange(mail);
        }

        if (ours.Count == 0) return (0, 0);

        var added = await events.AddAsync(person, ours, cancellationToken);
        var keys = ours.Select(e => e.Key).Distinct().ToList();
        var all = await events.ListAsync(person, cancellationToken);
        while (await TellAsync(person, keys, all, cancellationToken))
        {
            // Somebody may have added a row and told of it before we wrote what we had read without it.
            var known = all.Count;
            all = await events.ListAsync(person, cancellationToken);
            if (all.Count == known) break;
        }

        return (ours.Count, added);
    }

    /// <returns>Whether anything was changed.</returns>
    private async Task<bool> TellAsync(PersonId person, IReadOnlyList<DeliveryKey> keys, IReadOnlyList<DeliveryEvent> all, CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var key in keys)
        {
            if (DeliveryReport.Of(Machines.Judge([.. all.Where(e => e.Key == key)])) is not { } report) continue;
            changed |= TargetOf(key) is { } target
                ? await target.ReportAsync(person, key, report, cancellationToken)
                : await TellLedgerAsync(person, key, report, cancellationToken);
        }

        return changed | (SuppressionRules.Concern(all) && await suppressions.ChangeAsync(person, row => SuppressionRules.Apply(row, all), cancellationToken));
    }

    private async Task<bool> TellLedgerAsync(PersonId person, DeliveryKey key, DeliveryReport report, CancellationToken cancellationToken)
    {
        var changed = false;
        await ledger.ReportAsync(
            person,
            key,
            row =>
            {
                var told = row with { Report = report.State, ReportedAt = report.At, ReportReason = report.Reason };
                changed |= told != row;
                return told;
            },
            cancellationToken);
        return changed;
    }

    private IDeliveryReportTarget? TargetOf(DeliveryKey key) => targets.FirstOrDefault(target => target.Owns(key));
}
