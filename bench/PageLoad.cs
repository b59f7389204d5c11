using CitizenFocus.Bench.Load;

namespace CitizenFocus.Bench;

/// <summary>A webinar's page, fresh in memory, against the bare app's few bytes.</summary>
internal sealed class PageLoad : IBenchmark
{
    private const int Rounds = 9;
    private const string Page = "/webinars/" + Site.UpcomingSlug;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Long enough for the JIT's last tier.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public string Name => "page";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        // As browsers ask, and as a program without compression asks.
        var (compressed, plain) = (HttpConnection.Get(Page, "gzip, deflate, br"), HttpConnection.Get(Page));
        var report = new Report(
            $"page: GET {Page}, {Generator.Connections} connections, {Rounds} rounds of {Round.TotalSeconds:N0} s of each in turns; median (quartiles)", "bare app");

        await using (var counted = await site.StartCountedAppAsync(cancellationToken))
        {
            await Generator.EachAsync([compressed], counted.App.Address, 200, cancellationToken);
            var first = counted.TakeRequests();
            await Generator.EachAsync([.. Enumerable.Repeat(compressed, 2_000), .. Enumerable.Repeat(plain, 2_000)], counted.App.Address, 200, cancellationToken);
            report.Figure("storage requests of 4,000 GETs while the page is fresh", counted.TakeRequests().Count, atMost: 0);
            report.Note($"storage requests until the first page was rendered (with /webinars before it): {string.Join(", ", first)}");
        }

        await using var bare = await site.StartBareAsync(cancellationToken);
        await using var app = await site.StartAppAsync(cancellationToken);
        await Generator.ForAsync(WarmUp, bare.Address, compressed, 200, cancellationToken);
        await Generator.ForAsync(WarmUp, app.Address, compressed, 200, cancellationToken);

        Samples compressedRate = new(), plainRate = new(), bareRate = new(), appCpu = new(), bareCpu = new();
        for (var i = 0; i < Rounds; i++)
        {
            await MeasureAsync(bare, compressed, bareRate, bareCpu, cancellationToken);
            await MeasureAsync(app, compressed, compressedRate, appCpu, cancellationToken);
            await MeasureAsync(app, plain, plainRate, null, cancellationToken);
        }

        report.Compare("requests/s, as a browser asks (br)", compressedRate, bareRate, atLeast: 0.3);
        report.Compare("requests/s, without compression", plainRate, bareRate);
        report.Compare("the server's CPU time a request, µs (br)", appCpu, bareCpu);
        return report;
    }

    private static async Task MeasureAsync(Child server, byte[] request, Samples rates, Samples? cpu, CancellationToken cancellationToken)
    {
        var before = server.CpuTime();
        var rate = await Generator.ForAsync(Round, server.Address, request, 200, cancellationToken);
        rates.Add(rate);
        cpu?.Add((server.CpuTime() - before).TotalMicroseconds / (rate * Round.TotalSeconds));
    }
}
