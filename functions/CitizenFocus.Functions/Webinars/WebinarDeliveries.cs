using System.Globalization;
using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Webinars;

/// <summary>The e-mails of a webinar, by their keys in the send ledger.</summary>
internal static class WebinarDeliveries
{
    public const string ConfirmationKind = "confirmation";
    public const string WaitingKind = "waiting";
    public const string PromotedKind = "promoted";
    public const string CancelledKind = "cancelled";
    public const string ClosedKind = "closed";
    public const string ResendKind = "resend";

    public static DeliveryKey Confirmation(WebinarSlug webinar, int sequence) => Of(ConfirmationKind, webinar, sequence);

    public static DeliveryKey Waiting(WebinarSlug webinar, int sequence) => Of(WaitingKind, webinar, sequence);

    public static DeliveryKey Promoted(WebinarSlug webinar, int sequence) => Of(PromotedKind, webinar, sequence);

    /// <summary>The person gave up, or the organisers: the e-mail says which.</summary>
    public static DeliveryKey Cancelled(WebinarSlug webinar, int sequence) => Of(CancelledKind, webinar, sequence);

    /// <summary>The registration came too late.</summary>
    public static DeliveryKey Closed(WebinarSlug webinar, int sequence) => Of(ClosedKind, webinar, sequence);

    /// <summary>What was sent last, once more. The request's id is the hour, so the ledger itself allows one an hour.</summary>
    public static DeliveryKey Resend(WebinarSlug webinar, DateTimeOffset now) =>
        DeliveryKey.Of(ResendKind, webinar.Value, now.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture));

    private static DeliveryKey Of(string kind, WebinarSlug webinar, int sequence) =>
        DeliveryKey.Of(kind, webinar.Value, sequence.ToString(CultureInfo.InvariantCulture));
}
