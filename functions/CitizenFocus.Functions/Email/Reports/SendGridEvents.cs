using System.Text.Json;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// SendGrid's events: an array of objects, with the custom arguments <c>person</c> and <c>key</c> that we gave.
/// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
/// </summary>
internal static class SendGridEvents
{
    private const string FullMailbox = "5.2.2";

    /// <returns><see langword="null"/> where it is of no kind that we know, or tells nothing of a mail of ours.</returns>
    public static DeliveryEvent? Parse(JsonElement sent, DateTimeOffset now)
    {
        if (KindOf(sent) is not { } kind
            || !PersonId.TryParse(sent.Text("person"), out var person)
            || !DeliveryKey.TryParse(sent.Text("key"), out var key) || !IsOurs(key)
            || sent.Text("sg_event_id") is not { Length: > 0 } id
            || sent.UnixTime("timestamp") is not { } at) return null;

        return new()
        {
            Person = person,
            Key = key,
            Kind = kind,
            At = at,
            ReceivedAt = now,
            Id = DeliveryEvent.HashOf($"{EmailProviders.SendGrid}|{id}"),
            Provider = EmailProviders.SendGrid,
            Reason = ReportReasons.Clean(sent.Text("reason") ?? (kind == DeliveryEventKind.Deferred ? sent.Text("response") : null), sent.Text("email")),
            Link = kind == DeliveryEventKind.Clicked && sent.Text("url") is { } url ? DeliveryEvent.HashOf(url) : null,
            IsMachineAgent = kind is DeliveryEventKind.Opened or DeliveryEventKind.Clicked && (IsTrue(sent, "sg_machine_open") || Machines.IsAgent(sent.Text("useragent"))),
        };
    }

    private static DeliveryEventKind? KindOf(JsonElement sent) => sent.Text("event") switch
    {
        "processed" => DeliveryEventKind.Processed,
        "deferred" => DeliveryEventKind.Deferred,
        "delivered" => DeliveryEventKind.Delivered,
        "open" => DeliveryEventKind.Opened,
        "click" => DeliveryEventKind.Clicked,
        "bounce" => IsSoft(sent) ? DeliveryEventKind.SoftBounced : DeliveryEventKind.Bounced,
        "dropped" => IsForBounces(sent.Text("reason")) ? DeliveryEventKind.DroppedForBounces : DeliveryEventKind.Dropped,
        "spamreport" => DeliveryEventKind.Complained,
        "unsubscribe" or "group_unsubscribe" => DeliveryEventKind.Unsubscribed,
        "group_resubscribe" => DeliveryEventKind.Resubscribed,
        _ => null,
    };

    /// <summary>Blocked or too slow, not for want of a mailbox (RFC 3463: 4 is for the moment, 5.2.2 a full mailbox).</summary>
    private static bool IsSoft(JsonElement sent) =>
        sent.Text("type") is "blocked" or "expired"
        || sent.Text("status") is { } status && (status.StartsWith('4') || status == FullMailbox);

    /// <summary>SendGrid keeps a list of its own of addresses that mail came back from, and of such that cannot be.</summary>
    private static bool IsForBounces(string? reason) =>
        reason is not null && (reason.StartsWith("Bounced Address", StringComparison.OrdinalIgnoreCase) || reason.StartsWith("Invalid", StringComparison.OrdinalIgnoreCase));

    // Longer, it could not be part of a row's key (1 KiB).
    private static bool IsOurs(DeliveryKey key) => key.Value.Length <= MaxKeyLength && !key.Value.AsSpan().ContainsAnyInRange('\0', '\x1f') && !key.Value.AsSpan().ContainsAnyInRange('\x7f', '\x9f');

    private const int MaxKeyLength = 400;

    private static bool IsTrue(JsonElement sent, string name) =>
        sent.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || sent.Text(name) is "true" or "True" or "1");
}
