using CitizenFocus.Bench;
using CitizenFocus.Bench.Digests;
using CitizenFocus.Bench.Tables;

// Each figure is a ratio against a baseline that is measured in the same run, in turns: the machine's mood cancels out.
const string NoPublish = "--no-publish";
IBenchmark[] known = [new ColdStart(), new PageLoad(), new Register(), new Advance(), new Reminders(), new Invitations(), new SingleEmails(), new Digest(), new DigestKills("digest-kills", async () => await SendGridServer.StartAsync()), new DigestKills("digest-kills-acs", async () => await CommunicationServicesServer.StartAsync()), new TableOperations()];
var name = args is [_] or [_, NoPublish] ? args[0] : null;
var chosen = name == "all" ? known : [.. known.Where(benchmark => benchmark.Name == name)];
if (chosen.Length == 0)
{
    await Console.Error.WriteLineAsync($"Name one of: {string.Join(", ", known.Select(benchmark => benchmark.Name))}, all; {NoPublish} after it takes what the last run published.");
    return 2;
}

// For the emulator's preload.cjs.
if (Digest.IsLarge) Environment.SetEnvironmentVariable("AZURITE_LARGE_TABLES", "1");

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stopping.Cancel();
};

try
{
    var met = true;
    await using var site = await Site.StartAsync(chosen.Any(benchmark => benchmark.NeedsApp), !args.Contains(NoPublish), stopping.Token);
    foreach (var benchmark in chosen)
    {
        var report = await benchmark.RunAsync(site, stopping.Token);
        report.Print(Console.Out);
        met &= report.TargetsMet;
    }

    return met ? 0 : 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 130;
}
