using System.Globalization;
using CitizenFocus.Functions.Email;
using NodaTime;
using NodaTime.Text;

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
    public const string PendingKind = "pending";
    public const string DeclinedKind = "declined";
    public const string OfferKind = "offer";
    public const string LapsedKind = "lapsed";
    public const string ChangedKind = "changed";
    public const string ReminderKind = "reminder";
    public const string FollowUpKind = "follow-up";

    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    public static DeliveryKey Confirmation(WebinarSlug webinar, int sequence) => Of(ConfirmationKind, webinar, sequence);

    public static DeliveryKey Waiting(WebinarSlug webinar, int sequence) => Of(WaitingKind, webinar, sequence);

    public static DeliveryKey Promoted(WebinarSlug webinar, int sequence) => Of(PromotedKind, webinar, sequence);

    /// <summary>The person gave up, or the organisers: the e-mail says which.</summary>
    public static DeliveryKey Cancelled(WebinarSlug webinar, int sequence) => Of(CancelledKind, webinar, sequence);

    /// <summary>The registration came too late.</summary>
    public static DeliveryKey Closed(WebinarSlug webinar, int sequence) => Of(ClosedKind, webinar, sequence);

    /// <summary>An organiser has to approve.</summary>
    public static DeliveryKey Pending(WebinarSlug webinar, int sequence) => Of(PendingKind, webinar, sequence);

    public static DeliveryKey Declined(WebinarSlug webinar, int sequence) => Of(DeclinedKind, webinar, sequence);

    /// <summary>A seat is offered for a set time.</summary>
    public static DeliveryKey Offer(WebinarSlug webinar, int sequence) => Of(OfferKind, webinar, sequence);

    /// <summary>An offer was not answered, and went to the next.</summary>
    public static DeliveryKey Lapsed(WebinarSlug webinar, int sequence) => Of(LapsedKind, webinar, sequence);

    /// <summary>The webinar changed: what, old beside new.</summary>
    public static DeliveryKey Changed(WebinarSlug webinar, int sequence) => Of(ChangedKind, webinar, sequence);

    /// <summary>Of one session at one start: a new start makes it another mail, a new title does not.</summary>
    public static DeliveryKey Reminder(WebinarSlug webinar, WebinarSession session, Duration offset) => Timed(ReminderKind, webinar, session, offset);

    /// <summary>One a webinar: sent at another delay it would be the same mail.</summary>
    public static DeliveryKey FollowUp(WebinarSlug webinar, WebinarSession last) => Timed(FollowUpKind, webinar, last, Duration.Zero);

    /// <summary>The session's number, its start, and the offset or delay, in a key of <see cref="Reminder"/> or <see cref="FollowUp"/>.</summary>
    public static (int Session, Instant Start, Duration Offset) ParseTimed(DeliveryKey key) => (
        int.Parse(key.Part(1), CultureInfo.InvariantCulture),
        Moment.Parse(key.Part(2)).GetValueOrThrow(),
        Duration.FromMinutes(long.Parse(key.Part(3), CultureInfo.InvariantCulture)));

    /// <summary>What was sent last, once more. The request's id is the hour, so the ledger itself allows one an hour.</summary>
    public static DeliveryKey Resend(WebinarSlug webinar, DateTimeOffset now) =>
        DeliveryKey.Of(ResendKind, webinar.Value, now.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture));

    private static DeliveryKey Timed(string kind, WebinarSlug webinar, WebinarSession session, Duration offset) => DeliveryKey.Of(
        kind,
        webinar.Value,
        session.Number.ToString(CultureInfo.InvariantCulture),
        Moment.Format(session.Start),
        ((long)offset.TotalMinutes).ToString(CultureInfo.InvariantCulture));

    private static DeliveryKey Of(string kind, WebinarSlug webinar, int sequence) =>
        DeliveryKey.Of(kind, webinar.Value, sequence.ToString(CultureInfo.InvariantCulture));
}
