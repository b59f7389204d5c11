using System.Diagnostics;
using CitizenFocus.Bench.Load;

namespace CitizenFocus.Bench;

/// <summary>
/// Registrations through the app against the two storage calls that each of them is, made by the same client without the
/// web. Both write to the same table and queue, and each round has a partition of its own, so that Azurite, which is
/// what limits both, has the same work.
/// </summary>
internal sealed class Register : IBenchmark
{
    private const int Rounds = 8;
    private const int PerRound = 600;
    private const int Counted = 100;

    public string Name => "register";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report(
            $"register: {PerRound} registrations a round, {Generator.Connections} at a time, {Rounds} rounds of each in turns; median (quartiles)", "bare calls");
        var webinars = new Webinars(site.ConnectionString);
        var bare = new BareRegistration(site.ConnectionString);

        await using (var counted = await site.StartCountedAppAsync(cancellationToken))
        {
            var slug = await webinars.AddAsync(_ => { }, cancellationToken);
            await Generator.EachAsync(Json(slug, 1, "first"), counted.App.Address, 202, cancellationToken);
            counted.TakeRequests();
            await Generator.EachAsync(Json(slug, Counted, "json"), counted.App.Address, 202, cancellationToken);
            await Generator.EachAsync(Form(slug, Counted, "form"), counted.App.Address, 303, cancellationToken);
            var requests = counted.TakeRequests();
            report.Figure("storage requests a registration", (double)requests.Count / (2 * Counted), atMost: 2);
            report.Note($"storage requests: {string.Join(", ", requests.GroupBy(request => request).Select(group => $"{group.Count()} × {group.Key}"))}");
        }

        await using var app = await site.StartAppAsync(cancellationToken);
        await MeasureAsync(app, Json(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, "warm"), 202, cancellationToken);
        await MeasureAsync(app, Form(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, "warm"), 303, cancellationToken);
        await bare.RunAsync(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, cancellationToken);

        Samples bareRate = new(), jsonRate = new(), formRate = new(), jsonCpu = new(), formCpu = new(), bareCpu = new();
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            bareRate.Add(await bare.RunAsync(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, cancellationToken));
            bareCpu.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / PerRound);

            var (rate, cpu) = await MeasureAsync(app, Json(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, "json"), 202, cancellationToken);
            jsonRate.Add(rate);
            jsonCpu.Add(cpu);
            (rate, cpu) = await MeasureAsync(app, Form(await webinars.AddAsync(_ => { }, cancellationToken), PerRound, "form"), 303, cancellationToken);
            formRate.Add(rate);
            formCpu.Add(cpu);
        }

        report.Compare("registrations/s, JSON", jsonRate, bareRate, atLeast: 0.8);
        report.Compare("registrations/s, form", formRate, bareRate, atLeast: 0.8);
        report.Compare("CPU time a registration, µs, JSON", jsonCpu, bareCpu);
        report.Compare("CPU time a registration, µs, form", formCpu, bareCpu);
        return report;
    }

    /// <returns>Registrations a second; the app's CPU time a registration in µs.</returns>
    private static async Task<(double Rate, double Cpu)> MeasureAsync(Child app, byte[][] requests, int status, CancellationToken cancellationToken)
    {
        var before = app.CpuTime();
        var rate = await Generator.EachAsync(requests, app.Address, status, cancellationToken);
        return (rate, (app.CpuTime() - before).TotalMicroseconds / requests.Length);
    }

    private static byte[][] Json(string slug, int count, string name) =>
    [
        .. Enumerable.Range(0, count).Select(number => HttpConnection.Post(
            $"/webinars/{slug}/registrations",
            "application/json",
            "application/json",
            $$"""{"name":"Anna Janssens","email":"{{name}}-{{number}}@example.org","organisation":"City of Ghent","country":"BE","language":"en","timeZone":"Europe/Brussels","consent":true}""")),
    ];

    private static byte[][] Form(string slug, int count, string name) =>
    [
        .. Enumerable.Range(0, count).Select(number => HttpConnection.Post(
            $"/webinars/{slug}/registrations",
            "application/x-www-form-urlencoded",
            "text/html",
            $"name=Anna+Janssens&email={name}-{number}%40example.org&organisation=City+of+Ghent&country=BE&language=en&timeZone=Europe%2FBrussels&consent=true")),
    ];

    /// <summary>One queue message, one transaction of two inserts, of the app's size and shape.</summary>
    private sealed class BareRegistration(string connectionString)
    {
        private readonly TableClient _table = new TableServiceClient(connectionString).GetTableClient("Registrations");

        private readonly QueueClient _queue =
            new QueueServiceClient(connectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient("webinars");

        /// <returns>A second.</returns>
        public async Task<double> RunAsync(string slug, int count, CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, count),
                new ParallelOptions { MaxDegreeOfParallelism = Generator.Connections, CancellationToken = cancellationToken },
                async (number, token) => await RegisterAsync(slug, number, token));
            return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private async Task RegisterAsync(string slug, int number, CancellationToken cancellationToken)
        {
            // A person's id has 52 letters.
            var person = $"{number:D52}";
            var now = DateTimeOffset.UtcNow;
            await _queue.SendMessageAsync($$"""{"webinar":"{{slug}}"}""", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1), cancellationToken);
            await _table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new TableEntity(slug, $"r|{person}")
                    {
                        ["SchemaVersion"] = 2,
                        ["Status"] = "Requested",
                        ["Sequence"] = 0,
                        ["Name"] = "Anna Janssens",
                        ["Email"] = $"bare-{number}@example.org",
                        ["Language"] = "en",
                        ["RequestedAt"] = now,
                        ["ConsentVersion"] = "2026-11-22",
                        ["OperationId"] = Guid.NewGuid().ToString("N"),
                        ["Organisation"] = "City of Ghent",
                        ["Country"] = "BE",
                        ["TimeZone"] = "Europe/Brussels",
                        ["IsInvited"] = false,
                        ["ToldRevision"] = 0,
                        ["ToldBefore"] = 0,
                    }),
                    new(TableTransactionActionType.Add, new TableEntity(slug, $"q|{now.UtcTicks:D19}|{person}") { ["SchemaVersion"] = 1, ["Sequence"] = 0 }),
                ],
                cancellationToken);
        }
    }
}
