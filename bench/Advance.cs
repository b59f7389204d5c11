using System.Diagnostics;

namespace CitizenFocus.Bench;

/// <summary>
/// Seat requests decided by one run of AdvanceWebinar: how many storage requests that takes, and that a webinar with many
/// decided registrations is advanced as fast as one with few.
/// </summary>
internal sealed class Advance : IBenchmark
{
    private const int Waiting = 1_000;
    private const int Few = 10;
    private const int Many = 10_000;
    private const int Rounds = 40;

    public string Name => "advance";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"advance: {Waiting:N0} seat requests decided in one run; a run with nothing to do, {Rounds} of each in turns; median (quartiles)", $"{Few} decided");
        var webinars = new Webinars(site.ConnectionString);

        await using (var counted = await site.StartCountedAppAsync(cancellationToken))
        {
            var slug = await webinars.AddAsync(_ => { }, cancellationToken);
            await webinars.AddRequestsAsync(slug, Waiting, cancellationToken);
            await Invocation.AdvanceAsync(counted.App.Address, await webinars.AddAsync(_ => { }, cancellationToken), cancellationToken);
            counted.TakeRequests();
            await Invocation.AdvanceAsync(counted.App.Address, slug, cancellationToken);
            var requests = counted.TakeRequests();
            var emails = requests.Count(request => request.Contains("/emails/messages", StringComparison.Ordinal));
            report.Figure("storage requests a registration, besides its e-mail message", (double)(requests.Count - emails) / Waiting, atMost: 0.08);
            report.Figure("e-mail messages a registration", (double)emails / Waiting, atMost: 1);
            report.Figure("e-mail messages in flight at most", counted.MostQueueRequestsInFlight, atLeast: 16);
        }

        await using var app = await site.StartAppAsync(cancellationToken);
        string few = await webinars.AddAsync(_ => { }, cancellationToken), many = await webinars.AddAsync(_ => { }, cancellationToken);
        await webinars.AddConfirmedAsync(few, Few, cancellationToken);
        await webinars.AddConfirmedAsync(many, Many, cancellationToken);
        await TimeAsync(app, few, cancellationToken);
        await TimeAsync(app, many, cancellationToken);
        Samples fewTime = new(), manyTime = new();
        for (var round = 0; round < Rounds; round++)
        {
            fewTime.Add(await TimeAsync(app, few, cancellationToken));
            manyTime.Add(await TimeAsync(app, many, cancellationToken));
        }

        report.Compare($"a run with {Many:N0} decided, ms", manyTime, fewTime, atMost: 1.2);
        return report;
    }

    /// <returns>In milliseconds.</returns>
    private static async Task<double> TimeAsync(Child app, string slug, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Invocation.AdvanceAsync(app.Address, slug, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
