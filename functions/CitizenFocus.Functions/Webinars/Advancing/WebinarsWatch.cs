using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>Whether somebody has waited too long to hear of their registration: what the site promises in a minute.</summary>
internal sealed partial class WebinarsWatch(WebinarStore webinars, RegistrationStore registrations, TimeProvider clock, ILogger<WebinarsWatch> logger) : IWatch
{
    /// <summary>Two runs of the timer that brings on whatever was left.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var webinar in AdvanceWebinars.Due(Instant.FromDateTimeOffset(now), await webinars.ListAsync(cancellationToken)))
        {
            if (await registrations.FindFirstRequestAsync(webinar.Slug, cancellationToken) is not { } asked || now - asked <= Late) continue;
            NotAdvanced(logger, webinar.Slug, (int)(now - asked).TotalMinutes);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Somebody has waited {Minutes} minutes for an answer to their registration for {Webinar}." + Trouble.WebinarNotAdvanced)]
    private static partial void NotAdvanced(ILogger logger, WebinarSlug webinar, int minutes);
}
