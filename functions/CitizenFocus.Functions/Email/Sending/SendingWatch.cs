using System.Diagnostics.Metrics;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Hosting.Watching;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>Whether mail goes out: the switch, the providers, and how near their limits are.</summary>
internal sealed partial class SendingWatch(SendingControl control, SendingQuota quota, TimeProvider clock, ILogger<SendingWatch> logger) : IWatch
{
    /// <summary>Transactional mail is promised within a minute or two; bulk mail leaves it a share, so it waits only where that is used up.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Bulk mail that waits longer has outgrown the limits.</summary>
    public static readonly TimeSpan LongestBulkWait = TimeSpan.FromDays(2);

    private static readonly Gauge<long> Remaining = Instrumentation.Meter.CreateGauge<long>(
        "citizenfocus.email.quota.remaining", "{email}", "How many transactional e-mails a sender takes at once now.");

    private static readonly Gauge<double> Wait = Instrumentation.Meter.CreateGauge<double>(
        "citizenfocus.email.quota.wait", "s", "How long the last e-mail in a sender's line has to wait for its limits.");

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (now, snapshot) = (clock.GetUtcNow(), await control.ReadAsync(cancellationToken));
        if (snapshot.Pause is { } pause) Paused(logger, (int)(now - pause.Since).TotalHours);
        foreach (var sender in control.Senders)
        {
            if (snapshot.CircuitOf(sender) is { Value: var circuit } && circuit.IsOpen(now) && now - circuit.Since >= LongestWait) Down(logger, sender.Name, circuit.Since);
            if (!sender.Rate.IsUnlimited) Look(sender, await quota.StateOfAsync(sender, cancellationToken), now);
        }
    }

    private void Look(IEmailSender sender, QuotaState state, DateTimeOffset now)
    {
        var provider = new KeyValuePair<string, object?>(Instrumentation.Tags.Provider, sender.Name);
        Remaining.Record(state.Free(sender.Rate, isBulk: false, now), provider);
        var (transactional, bulk) = (WaitOf(state, isBulk: false, now), WaitOf(state, isBulk: true, now));
        Wait.Record(transactional.TotalSeconds, provider, new("citizenfocus.email.class", "transactional"));
        Wait.Record(bulk.TotalSeconds, provider, new("citizenfocus.email.class", "bulk"));
        if (transactional > LongestWait || bulk > LongestBulkWait) NearEnd(logger, sender.Name, (int)transactional.TotalMinutes, (int)bulk.TotalMinutes);
    }

    private static TimeSpan WaitOf(QuotaState state, bool isBulk, DateTimeOffset now) => state.Line(isBulk) is var line && line > now ? line - now : TimeSpan.Zero;

    [LoggerMessage(1, LogLevel.Warning, "All sending has been paused for {Hours} hours." + Trouble.SendingPaused)]
    private static partial void Paused(ILogger logger, int hours);

    [LoggerMessage(2, LogLevel.Warning, "{Provider} is left alone, since it takes no mail; that began at {Since:O}." + Trouble.ProviderDown)]
    private static partial void Down(ILogger logger, string provider, DateTimeOffset since);

    [LoggerMessage(3, LogLevel.Warning, "The limits of {Provider} are used up: transactional mail waits {Minutes} minutes, bulk mail {BulkMinutes}." + Trouble.QuotaNearEnd)]
    private static partial void NearEnd(ILogger logger, string provider, int minutes, int bulkMinutes);
}
