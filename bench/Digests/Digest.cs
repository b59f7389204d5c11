using System.Globalization;

namespace CitizenFocus.Bench.Digests;

/// <summary>
/// One issue to 100,000 subscribers (CITIZENFOCUS_SUBSCRIBERS says another number) through the SendGrid sender to a local
/// stand-in, the whole way from the timer; beside a bare loop that claims, posts and marks the same hundreds with the same clients.
/// </summary>
internal sealed class Digest : IBenchmark
{
    private static readonly int People = int.Parse(Environment.GetEnvironmentVariable("CITIZENFOCUS_SUBSCRIBERS") ?? "100000", CultureInfo.InvariantCulture);

    public string Name => "digest";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"digest: one issue to {People:N0} subscribers, from the timer to the last shard", "bare loop");
        await using var provider = await SendGridServer.StartAsync();
        var tables = new TableServiceClient(site.ConnectionString);

        var bareTable = tables.GetTableClient("BenchSubscribers");
        await bareTable.CreateIfNotExistsAsync(cancellationToken);
        await Subscribers.AddAsync(bareTable, People, cancellationToken);
        var bare = await new BareLoop(bareTable, provider).RunAsync(cancellationToken);
        if (provider.People != People) throw new InvalidOperationException($"The bare loop sent {provider.People}.");
        await bareTable.DeleteAsync(cancellationToken);
        provider.Clear();

        var run = new DigestRun(site);
        await using var counted = await site.StartCountedAppAsync(cancellationToken, provider.Settings);
        await Subscribers.AddAsync(tables.GetTableClient("Subscribers"), People, cancellationToken);
        await run.PrepareAsync(counted.App.Address, cancellationToken);
        counted.TakeRequests();
        var time = await run.SendAsync(() => counted.App.Address, () => Task.FromResult(provider.People == People), cancellationToken);
        var requests = counted.TakeRequests();

        Samples ours = new(), theirs = new();
        ours.Add(People / time.TotalSeconds);
        theirs.Add(People / bare.TotalSeconds);
        report.Compare("subscribers/s", ours, theirs, atLeast: 0.7);
        report.Figure("storage requests a subscriber", (double)requests.Count / People, atMost: 0.04);
        report.Figure("peak memory, MB", counted.App.PeakMegabytes(), atMost: 200);
        report.Figure("who got none", People - provider.People, atMost: 0);
        report.Figure("mails beyond one a person", provider.Doubles, atMost: 0);
        report.Note($"{provider.Calls:N0} calls to the provider. Storage requests: {string.Join(", ", requests.CountBy(Kind).OrderByDescending(kind => kind.Value).Take(8).Select(kind => $"{kind.Value} {kind.Key}"))}.");
        return report;
    }

    /// <summary>Method and table or queue.</summary>
    private static string Kind(string request)
    {
        var parts = request.Split(' ');
        return parts[0] + " " + (parts.Length > 1 ? parts[1].Split('?')[0].Split('(')[0] : "");
    }
}
