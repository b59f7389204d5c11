using CitizenFocus.Functions.Email.Reports;

namespace CitizenFocus.Functions.Email.Tracing;

/// <summary>The ledger's and the providers' words, as organisers read them.</summary>
internal static class TraceWords
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["confirmation"] = "Confirmation of a registration",
        ["waiting"] = "Place in the waiting list",
        ["promoted"] = "Seat from the waiting list",
        ["offer"] = "Offer of a seat",
        ["lapsed"] = "End of an offer",
        ["cancelled"] = "Cancellation",
        ["changed"] = "Change of a webinar",
        ["closed"] = "Registration that came too late",
        ["pending"] = "Registration that waits for approval",
        ["declined"] = "Registration that was declined",
        ["reminder"] = "Reminder",
        ["follow-up"] = "Follow-up",
        ["resend"] = "Join link once more",
        ["invitation"] = "Invitation",
        ["follow"] = "Confirmation of following a series",
        ["digest"] = "Digest",
        ["digest-confirmation"] = "Confirmation of a subscription",
        ["digest-test"] = "Test of the digest",
    };

    /// <summary>A kind that is not listed stands by its own name.</summary>
    public static string OfKind(string kind) =>
        Kinds.TryGetValue(kind, out var words) ? words : string.Concat(kind[..1].ToUpperInvariant(), kind.Replace('-', ' ').AsSpan(1));

    public static string OfState(DeliveryState state) => state switch
    {
        DeliveryState.Sending => "being sent",
        DeliveryState.Later => "waiting",
        DeliveryState.Accepted => "accepted by the provider",
        DeliveryState.Refused => "refused by the provider",
        DeliveryState.Skipped => "not sent",
        DeliveryState.Unknown => "unknown whether it was sent",
        DeliveryState.Failed => "failed",
        _ => throw new InvalidOperationException("No such state."),
    };

    public static string OfReport(DeliveryReportState state) => state switch
    {
        DeliveryReportState.Processed => "accepted by the provider",
        DeliveryReportState.Deferred => "put off by the receiving server",
        DeliveryReportState.Delivered => "delivered",
        DeliveryReportState.Opened => "opened",
        DeliveryReportState.Clicked => "a link was followed",
        DeliveryReportState.Unsubscribed => "unsubscribed",
        DeliveryReportState.SoftBounced => "came back for the moment",
        DeliveryReportState.Bounced => "came back for good",
        DeliveryReportState.Complained => "marked as spam",
        _ => throw new InvalidOperationException("No such report."),
    };

    public static string OfEvent(DeliveryEventKind kind) => kind switch
    {
        DeliveryEventKind.Processed => "taken on by the provider",
        DeliveryEventKind.Deferred => "put off by the receiving server",
        DeliveryEventKind.Delivered => "delivered",
        DeliveryEventKind.Opened => "opened",
        DeliveryEventKind.Clicked => "a link was followed",
        DeliveryEventKind.Unsubscribed => "unsubscribed",
        DeliveryEventKind.Resubscribed => "subscribed again",
        DeliveryEventKind.SoftBounced => "came back for the moment",
        DeliveryEventKind.Dropped => "dropped by the provider",
        DeliveryEventKind.DroppedForBounces => "dropped by the provider, since mail came back before",
        DeliveryEventKind.Bounced => "came back for good",
        DeliveryEventKind.Complained => "marked as spam",
        _ => throw new InvalidOperationException("No such kind of event."),
    };
}
