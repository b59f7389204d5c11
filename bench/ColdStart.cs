namespace CitizenFocus.Bench;

/// <summary>From the start of the process to the first 200, against the bare app: what a visitor waits for when nobody was there before.</summary>
internal sealed class ColdStart : IBenchmark
{
    private const int Starts = 21;

    public string Name => "coldstart";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        Samples app = new(), bare = new(), appMemory = new(), bareMemory = new(), appCpu = new(), bareCpu = new();
        // The first of each reads the file from the disk, and wakes Azurite.
        for (var i = -1; i < Starts; i++)
        {
            await using (var child = await site.StartBareAsync(cancellationToken)) Note(child, i, bare, bareMemory, bareCpu);
            await using (var child = await site.StartAppAsync(cancellationToken)) Note(child, i, app, appMemory, appCpu);
        }

        var report = new Report($"coldstart: {Starts} starts of each in turns, to the first 200 of /webinars; median (quartiles)", "bare app");
        report.Compare("start, ms", app, bare, atMost: 2.0);
        report.Compare("CPU time of it, ms", appCpu, bareCpu);
        report.Figure("resident memory, MB", appMemory, atMost: 80);
        report.Compare("resident memory, MB", appMemory, bareMemory);
        report.Note($"executable: {site.App.Megabytes:N1} MB, bare {site.Bare.Megabytes:N1} MB");
        return report;
    }

    private static void Note(Child child, int round, Samples start, Samples memory, Samples cpu)
    {
        if (round < 0) return;
        cpu.Add(child.CpuTime().TotalMilliseconds);
        start.Add(child.Startup.TotalMilliseconds);
        memory.Add(child.ResidentMegabytes());
    }
}
