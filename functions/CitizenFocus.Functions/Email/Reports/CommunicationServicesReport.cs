using System.Text.Json;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// An event of Azure Communication Services, in Event Grid's schema or as a CloudEvent. It names the e-mail by the operation only.
/// https://learn.microsoft.com/azure/event-grid/communication-services-email-events
/// </summary>
internal sealed record CommunicationServicesReport
{
    private const string DeliveryType = "Microsoft.Communication.EmailDeliveryReportReceived";
    private const string EngagementType = "Microsoft.Communication.EmailEngagementTrackingReportReceived";

    public required string OperationId { get; init; }

    public required string EventId { get; init; }

    public required DeliveryEventKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Reason { get; init; }

    public string? Link { get; init; }

    public bool IsMachineAgent { get; init; }

    /// <summary>When Event Grid made it; <see langword="null"/> where it does not say so.</summary>
    public static DateTimeOffset? TimeOf(JsonElement sent) => sent.Time("eventTime") ?? sent.Time("time");

    /// <returns><see langword="null"/> where it is of no kind that we know.</returns>
    public static CommunicationServicesReport? Parse(JsonElement sent)
    {
        if (sent.Object("data") is not { } data || data.Text("messageId") is not { Length: > 0 } operation || sent.Text("id") is not { Length: > 0 } id) return null;
        return (sent.Text("eventType") ?? sent.Text("type")) switch
        {
            DeliveryType when StatusKind(data.Text("status")) is { } kind && (data.Time("deliveryAttemptTimeStamp") ?? TimeOf(sent)) is { } at => new()
            {
                OperationId = operation,
                EventId = id,
                Kind = kind,
                At = at,
                Reason = kind == DeliveryEventKind.Delivered ? null : ReportReasons.Clean($"{data.Text("status")}. {data.Object("deliveryStatusDetails")?.Text("statusMessage")}", data.Text("recipient")),
            },
            EngagementType when EngagementKind(data.Text("engagementType")) is { } kind && (data.Time("userActionTimeStamp") ?? TimeOf(sent)) is { } at => new()
            {
                OperationId = operation,
                EventId = id,
                Kind = kind,
                At = at,
                Link = kind == DeliveryEventKind.Clicked && data.Text("engagementContext") is { } link ? DeliveryEvent.HashOf(link) : null,
                IsMachineAgent = Machines.IsAgent(data.Text("userAgent")),
            },
            _ => null,
        };
    }

    public DeliveryEvent For(PersonId person, DeliveryKey key, DateTimeOffset now) => new()
    {
        Person = person,
        Key = key,
        Kind = Kind,
        At = At,
        ReceivedAt = now,
        Id = DeliveryEvent.HashOf($"{EmailProviders.CommunicationServices}|{EventId}"),
        Provider = EmailProviders.CommunicationServices,
        Reason = Reason,
        Link = Link,
        IsMachineAgent = IsMachineAgent,
    };

    private static DeliveryEventKind? StatusKind(string? status) => status switch
    {
        // Expanded: handed on to the members of a list.
        "Delivered" or "Expanded" => DeliveryEventKind.Delivered,
        "Bounced" => DeliveryEventKind.Bounced,
        "Failed" => DeliveryEventKind.SoftBounced,
        "FilteredSpam" or "Quarantined" => DeliveryEventKind.Dropped,
        "Suppressed" => DeliveryEventKind.DroppedForBounces,
        _ => null,
    };

    private static DeliveryEventKind? EngagementKind(string? type) => type?.ToUpperInvariant() switch
    {
        "VIEW" => DeliveryEventKind.Opened,
        "CLICK" => DeliveryEventKind.Clicked,
        _ => null,
    };
}
