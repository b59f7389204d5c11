using CitizenFocus.Functions.Email;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>A reminder of a session, or the follow-up: what goes to everybody who has a seat, at its moment.</summary>
/// <param name="Key">Its mails' key in the send ledger, the same for each person.</param>
/// <param name="Session">Which.</param>
/// <param name="Moment">When it is due.</param>
/// <param name="Until">When it makes no sense any more.</param>
/// <param name="MayStartEarly">By how much at most, where the sender needs it.</param>
internal sealed record Mailing(DeliveryKey Key, WebinarSession Session, Instant Moment, Instant Until, Duration MayStartEarly)
{
    public bool IsReminder => Key.Kind == WebinarDeliveries.ReminderKind;

    /// <summary>All of a webinar, in no order; of the follow-up only where its moment is known.</summary>
    public static IEnumerable<Mailing> Of(Webinar webinar)
    {
        if (webinar.DateOnly || webinar.Status is not (WebinarStatus.Published or WebinarStatus.Ended)) yield break;

        var sessions = webinar.Sessions;
        foreach (var session in sessions)
        {
            foreach (var offset in webinar.Reminders)
            {
                yield return new(WebinarDeliveries.Reminder(webinar.Slug, session, offset), session, session.Start - offset, session.End, offset);
            }
        }

        if (webinar.FollowUp is { } delay)
        {
            var (last, end) = (sessions[^1], webinar.EndInstant);
            var atTheLatest = end + (delay > Webinar.LongestWaitForRecording ? delay : Webinar.LongestWaitForRecording);
            var waits = webinar.AwaitsRecording && webinar.Recording is null;
            yield return new(
                WebinarDeliveries.FollowUp(webinar.Slug, last), last, waits ? atTheLatest : end + delay, atTheLatest + Duration.FromDays(7), Duration.Zero);
        }
    }

    /// <summary>When it has to be begun so that <paramref name="takes"/> is enough to send it by its moment.</summary>
    public Instant StartFor(Duration takes) => Moment - (takes < MayStartEarly ? takes : MayStartEarly);
}
