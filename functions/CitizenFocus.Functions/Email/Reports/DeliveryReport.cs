using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>The furthest that the events of one e-mail tell. It follows from which events there are, and not from the order in which they came.</summary>
/// <param name="At">When that happened first, by the provider's clock.</param>
/// <param name="Reason">The provider's word for why, without an address.</param>
internal sealed record DeliveryReport(DeliveryReportState State, DateTimeOffset At, string? Reason)
{
    /// <param name="events">All of one e-mail.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static DeliveryReport? Of(IEnumerable<JudgedEvent> events) => events
        .Select(judged => (State: StateOf(judged), judged.Event))
        .OrderByDescending(report => report.State)
        .ThenBy(report => report.Event.At)
        .ThenBy(report => report.Event.Id, StringComparer.Ordinal)
        .Select(report => new DeliveryReport(report.State, report.Event.At, report.Event.Reason))
        .FirstOrDefault();

    // Whatever a machine did, or a person with an old mail: the provider had taken it.
    private static DeliveryReportState StateOf(JudgedEvent judged) => judged.Event.Kind switch
    {
        DeliveryEventKind.Processed or DeliveryEventKind.Resubscribed => DeliveryReportState.Processed,
        DeliveryEventKind.Deferred => DeliveryReportState.Deferred,
        DeliveryEventKind.Delivered => DeliveryReportState.Delivered,
        DeliveryEventKind.Opened or DeliveryEventKind.Clicked when judged.IsMachine => DeliveryReportState.Processed,
        DeliveryEventKind.Opened => DeliveryReportState.Opened,
        DeliveryEventKind.Clicked => DeliveryReportState.Clicked,
        DeliveryEventKind.Unsubscribed => DeliveryReportState.Unsubscribed,
        DeliveryEventKind.SoftBounced => DeliveryReportState.SoftBounced,
        DeliveryEventKind.Dropped or DeliveryEventKind.DroppedForBounces or DeliveryEventKind.Bounced => DeliveryReportState.Bounced,
        DeliveryEventKind.Complained => DeliveryReportState.Complained,
        _ => throw new InvalidOperationException("No such kind of event."),
    };
}

/// <summary>Where the e-mails of some kinds have their ledger elsewhere: that takes their reports.</summary>
internal interface IDeliveryReportTarget
{
    bool Owns(DeliveryKey key);

    /// <summary>Puts the report in the place of the one before. Called again with the same, it changes nothing.</summary>
    /// <returns><see langword="false"/> where there is no such e-mail.</returns>
    Task<bool> ReportAsync(PersonId person, DeliveryKey key, DeliveryReport report, CancellationToken cancellationToken);
}
