using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// What a person's events say about writing to them. It follows from which events there are, not from the order in which they
/// came; causes that others put there (a link in an e-mail, an erasure) stay.
/// </summary>
internal static class SuppressionRules
{
    /// <summary>So many different e-mails that came back for the moment within <see cref="SoftBounceTime"/>, none of any arriving meanwhile.</summary>
    public const int SoftBounces = 3;

    public static readonly TimeSpan SoftBounceTime = TimeSpan.FromDays(7);

    /// <summary>Whether the events can say anything at all: most only tell that mail arrives.</summary>
    public static bool Concern(IEnumerable<DeliveryEvent> events) => events.Any(e =>
        e.Kind is DeliveryEventKind.Bounced or DeliveryEventKind.DroppedForBounces or DeliveryEventKind.SoftBounced
            or DeliveryEventKind.Complained or DeliveryEventKind.Unsubscribed or DeliveryEventKind.Resubscribed);

    /// <param name="events">All of the person.</param>
    /// <returns><paramref name="before"/> itself where nothing changes.</returns>
    public static Suppression Apply(Suppression before, IReadOnlyList<DeliveryEvent> events)
    {
        var causes = new Dictionary<SuppressionCause, DateTimeOffset>(before.Causes);
        Set(SuppressionCause.Bounced, Earliest(SuppressionCause.Bounced, DeliveryEventKind.Bounced, DeliveryEventKind.DroppedForBounces));
        Set(SuppressionCause.Complained, Earliest(SuppressionCause.Complained, DeliveryEventKind.Complained));
        Set(SuppressionCause.Unsubscribed, UnsubscribedSince());
        Set(SuppressionCause.SoftBounced, SoftBouncedSince());
        return causes.Count == before.Causes.Count && causes.All(cause => before.Causes.TryGetValue(cause.Key, out var since) && since == cause.Value)
            ? before
            : before with { Causes = causes };

        // What was known when the person or an organiser ended the cause is settled by that.
        IEnumerable<DeliveryEvent> Counting(SuppressionCause cause, params DeliveryEventKind[] kinds)
        {
            var ended = before.Ended.TryGetValue(cause, out var at) ? at : DateTimeOffset.MinValue;
            return events.Where(e => kinds.Contains(e.Kind) && e.ReceivedAt > ended);
        }

        DateTimeOffset? Existing(SuppressionCause cause) => before.Causes.TryGetValue(cause, out var since) ? since : null;

        void Set(SuppressionCause cause, DateTimeOffset? since)
        {
            if (since is { } at) causes[cause] = at;
            else causes.Remove(cause);
        }

        DateTimeOffset? Earliest(SuppressionCause cause, params DeliveryEventKind[] kinds) =>
            Counting(cause, kinds).Select(e => (DateTimeOffset?)e.At).Append(Existing(cause)).Min();

        // Whoever came back at the provider has not left since; whoever left, here or there, after that has.
        DateTimeOffset? UnsubscribedSince()
        {
            var back = Counting(SuppressionCause.Unsubscribed, DeliveryEventKind.Resubscribed).Select(e => (DateTimeOffset?)e.At).Max() ?? DateTimeOffset.MinValue;
            return Counting(SuppressionCause.Unsubscribed, DeliveryEventKind.Unsubscribed).Select(e => (DateTimeOffset?)e.At)
                .Append(Existing(SuppressionCause.Unsubscribed)).Where(at => at >= back).Min();
        }

        DateTimeOffset? SoftBouncedSince()
        {
            var bounces = Counting(SuppressionCause.SoftBounced, DeliveryEventKind.SoftBounced).OrderBy(e => e.At).ToList();
            if (ThirdOf(bounces, [.. events.Where(e => e.Kind == DeliveryEventKind.Delivered).Select(e => e.At)]) is { } third) return third;

            // A delivery that we learn of later may show that it was wrong; without the bounce it came from, nothing does.
            return Existing(SuppressionCause.SoftBounced) is { } since && !bounces.Exists(e => e.At == since) ? since : null;
        }
    }

    /// <param name="bounces">In the order of time.</param>
    private static DateTimeOffset? ThirdOf(List<DeliveryEvent> bounces, List<DateTimeOffset> deliveries)
    {
        for (var last = 0; last < bounces.Count; last++)
        {
            var mails = new HashSet<DeliveryKey>();
            for (var n = last; n >= 0 && bounces[last].At - bounces[n].At <= SoftBounceTime; n--)
            {
                if (deliveries.Exists(at => at >= bounces[n].At && at <= bounces[last].At)) break;
                mails.Add(bounces[n].Key);
                if (mails.Count == SoftBounces) return bounces[last].At;
            }
        }

        return null;
    }
}
