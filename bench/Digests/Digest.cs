using System.Globalization;

namespace CitizenFocus.Bench.Digests;

/// <summary>
/// One issue to 100,000 subscribers (CITIZENFOCUS_SUBSCRIBERS says another number) through the SendGrid sender to a local
/// stand-in, the whole way from the timer; beside a bare loop that claims, posts and marks the same hundreds with the same
/// clients, where they are no more than that.
/// </summary>
internal sealed class Digest : IBenchmark
{
    private const int MostCompared = 100_000;

    private static readonly int People = int.Parse(Environment.GetEnvironmentVariable("CITIZENFOCUS_SUBSCRIBERS") ?? "100000", CultureInfo.InvariantCulture);

    /// <summary>Beyond what the emulator's tables bear.</summary>
    public static bool IsLarge => People > MostCompared;

    public string Name => "digest";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"digest: one issue to {People:N0} subscribers, from the timer to the last shard", "bare loop");
        await using var provider = await SendGridServer.StartAsync();
        var tables = new TableServiceClient(site.ConnectionString);

        var bare = !IsLarge ? await TimeBareAsync(tables, provider, cancellationToken) : (TimeSpan?)null;
        var run = new DigestRun(site);
        await using var counted = await site.StartCountedAppAsync(cancellationToken, provider.Settings);
        await Subscribers.AddAsync(tables.GetTableClient("Subscribers"), People, cancellationToken);
        await run.PrepareAsync(counted.App.Address, cancellationToken);
        counted.TakeRequests();
        var time = await run.SendAsync(() => counted.App.Address, () => Task.FromResult(provider.People == People), cancellationToken);
        var requests = counted.TakeRequests();

        var rate = People / time.TotalSeconds;
        if (bare is { } alone) report.Compare("subscribers/s", Of(rate), Of(People / alone.TotalSeconds), atLeast: 0.7);
        else report.Figure("subscribers/s", rate);
        report.Figure("storage requests a subscriber", (double)requests.Count / People, atMost: 0.04);
        report.Figure("peak memory, MB", counted.App.PeakMegabytes(), atMost: 200);
        report.Figure("who got none", People - provider.People, atMost: 0);
        report.Figure("mails beyond one a person", provider.Doubles, atMost: 0);
        report.Note($"{provider.Calls:N0} calls to the provider. Storage requests: {string.Join(", ", requests.CountBy(Kind).OrderByDescending(kind => kind.Value).Take(8).Select(kind => $"{kind.Value} {kind.Key}"))}.");
        return report;
    }

    private static async Task<TimeSpan> TimeBareAsync(TableServiceClient tables, SendGridServer provider, CancellationToken cancellationToken)
    {
        var table = tables.GetTableClient("BenchSubscribers");
        await table.CreateIfNotExistsAsync(cancellationToken);
        await Subscribers.AddAsync(table, People, cancellationToken);
        var time = await new BareLoop(table, provider).RunAsync(cancellationToken);
        if (provider.People != People) throw new InvalidOperationException($"The bare loop sent {provider.People}.");
        await table.DeleteAsync(cancellationToken);
        provider.Clear();
        return time;
    }

    private static Samples Of(double value)
    {
        var samples = new Samples();
        samples.Add(value);
        return samples;
    }

    /// <summary>Method and table or queue.</summary>
    private static string Kind(string request)
    {
        var parts = request.Split(' ');
        return parts[0] + " " + (parts.Length > 1 ? parts[1].Split('?')[0].Split('(')[0] : "");
    }
}
