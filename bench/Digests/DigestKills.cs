using System.Net;

namespace CitizenFocus.Bench.Digests;

/// <summary>
/// One issue to 100,000 subscribers while the process is killed ten times: each gets one mail. With a stand-in that behaves as
/// SendGrid does (it takes each call it gets, knows none again, and reports later, one mail of each call), and with one that
/// takes one mail an operation id, as Communication Services do.
/// </summary>
internal sealed class DigestKills(string name, Func<Task<IDigestProvider>> start) : IBenchmark
{
    private const int People = 100_000;
    private const int Kills = 10;

    private static readonly HttpClient Client = new();
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    public string Name => name;

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        await using var provider = await start();
        var report = new Report($"{name}: one issue to {People:N0} subscribers through {provider.Name}, the process killed {Kills} times by SIGKILL", "");
        var run = new DigestRun(site);
        var tables = new TableServiceClient(site.ConnectionString);
        var app = await site.StartAppAsync(cancellationToken, provider.Settings);
        try
        {
            await Subscribers.AddAsync(tables.GetTableClient("Subscribers"), People, cancellationToken);
            await run.PrepareAsync(app.Address, cancellationToken);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            IPEndPoint Address() => app.Address;
            var killing = Task.Run(
                async () =>
                {
                    for (var kill = 1; kill <= Kills; kill++)
                    {
                        while (provider.People < People * kill / (Kills + 1)) await Task.Delay(5, stopping.Token);
                        await app.DisposeAsync();
                        app = await site.StartAppAsync(stopping.Token, provider.Settings);
                    }

                    // Who was in flight is settled by a report on anybody in their call.
                    while (true)
                    {
                        await Task.Delay(ReportEvery, stopping.Token);
                        await provider.ReportAsync(Client, app.Address, stopping.Token);
                    }
                },
                stopping.Token);

            var time = await run.SendAsync(Address, () => IsDoneAsync(tables, cancellationToken), cancellationToken);
            await stopping.CancelAsync();
            try
            {
                await killing;
            }
            catch (OperationCanceledException)
            {
            }

            report.Figure("from the timer to the last shard, s", time.TotalSeconds);
            report.Figure("who got none", People - provider.People, atMost: 0);
            report.Figure("mails beyond one a person", provider.Doubles, atMost: 0);
            report.Note($"{provider.Calls:N0} calls to the provider. The time holds the leases of the killed and the deadline for reports.");
            return report;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task<bool> IsDoneAsync(TableServiceClient tables, CancellationToken cancellationToken)
    {
        var done = 0;
        await foreach (var row in tables.GetTableClient("DigestIssues").QueryAsync<TableEntity>("PartitionKey eq 'progress|weekly|1'", cancellationToken: cancellationToken))
        {
            if (row.GetBoolean("IsDone") == true) done++;
        }

        return done == Subscribers.Shards;
    }
}
