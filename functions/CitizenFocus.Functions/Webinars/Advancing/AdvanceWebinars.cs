using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Registrations;
using CitizenFocus.Functions.Webinars.Series;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Every five minutes: announces each webinar that may have work left, whatever a crash or a lost message left behind, and
/// once more for each moment until the next run, so that it is met to the minute.
/// </summary>
internal sealed class AdvanceWebinars(
    WebinarStore webinars,
    RegistrationStore registrations,
    Announcements announcements,
    InvitationAnnouncements invitations,
    SeriesService series,
    SendingRate rate,
    TimeProvider clock)
    : ITimerFunction
{
    public const string FunctionName = "AdvanceWebinars";

    /// <summary>The timer's period, and a minute for a run that is late.</summary>
    private static readonly Duration UntilTheNextRun = Duration.FromMinutes(6);

    /// <summary>What a webinar leaves (an undo, an e-mail, a follow-up that waits for the recording) is long done by then.</summary>
    private static readonly Duration Settled = Duration.FromDays(30);

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        bool IsBeforeTheNextRun(Instant moment) => moment > now && moment <= now + UntilTheNextRun;
        foreach (var webinar in Due(now, await webinars.ListAsync(cancellationToken)))
        {
            await announcements.AnnounceAsync(webinar.Slug, TimeSpan.Zero, cancellationToken);
            foreach (var moment in await MomentsAsync(webinar, cancellationToken))
            {
                // A second later: queues count whole seconds, and a message that comes too early finds nothing due.
                if (IsBeforeTheNextRun(moment)) await announcements.AnnounceAsync(webinar.Slug, (moment - now).ToTimeSpan() + Announcements.Delay, cancellationToken);
            }

            await invitations.AnnounceAsync(webinar.Slug, TimeSpan.Zero, cancellationToken);
            if (webinar.OpensAt is { } opens && IsBeforeTheNextRun(opens)) await invitations.AnnounceAsync(webinar.Slug, (opens - now).ToTimeSpan() + Announcements.Delay, cancellationToken);
        }

        // Last, since nobody waits for it.
        await series.ForgetUnconfirmedAsync(cancellationToken);
    }

    internal static IEnumerable<Webinar> Due(Instant now, IEnumerable<Webinar> webinars) =>
        webinars.Where(webinar => webinar.Status is not (WebinarStatus.Draft or WebinarStatus.Archived) && now < webinar.EndInstant + Settled);

    /// <summary>When Advance has something to do for no other reason than the time.</summary>
    private async Task<IReadOnlyCollection<Instant>> MomentsAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        var mailings = Mailing.Of(webinar).ToList();
        if (mailings.Count == 0) return [];

        var seats = await registrations.FindSeatsAsync(webinar.Slug, cancellationToken);
        var takes = rate.TimeFor(seats?.Value.Confirmed ?? 0);
        return mailings.SelectMany(mailing => new[] { mailing.StartFor(takes), mailing.Moment }).Append(webinar.EndInstant).ToHashSet();
    }
}
