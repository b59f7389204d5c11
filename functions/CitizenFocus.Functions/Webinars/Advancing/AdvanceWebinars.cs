using CitizenFocus.Functions.Hosting;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>Every five minutes: announces each webinar that may have work left, whatever a crash or a lost message left behind.</summary>
internal sealed class AdvanceWebinars(WebinarStore webinars, Announcements announcements, TimeProvider clock) : ITimerFunction
{
    public const string FunctionName = "AdvanceWebinars";

    /// <summary>What a webinar leaves (an undo, an e-mail) is long done by then.</summary>
    private static readonly Duration Settled = Duration.FromDays(30);

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        foreach (var webinar in Due(now, await webinars.ListAsync(cancellationToken)))
        {
            await announcements.AnnounceAsync(webinar.Slug, TimeSpan.Zero, cancellationToken);
        }
    }

    internal static IEnumerable<Webinar> Due(Instant now, IEnumerable<Webinar> webinars) =>
        webinars.Where(webinar => webinar.Status is not (WebinarStatus.Draft or WebinarStatus.Archived) && now < webinar.EndInstant + Settled);
}
