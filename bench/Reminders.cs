using System.Diagnostics;

namespace CitizenFocus.Bench;

/// <summary>
/// The reminders of one webinar planned and queued in one run, against as many messages put on the same queue by the same
/// client, as many at a time, and nothing else.
/// </summary>
internal sealed class Reminders : IBenchmark
{
    private const int People = 10_000;
    private const int Rounds = 5;
    private const int InFlight = 32;

    public string Name => "reminders";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"reminders: {People:N0} of one webinar queued in one run, {Rounds} rounds in turns; median (quartiles)", "bare puts");
        var webinars = new Webinars(site.ConnectionString);
        var emails = new QueueServiceClient(site.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient("emails");
        Samples ours = new(), bare = new(), memory = new();
        for (var round = 0; round <= Rounds; round++)
        {
            await emails.ClearMessagesAsync(cancellationToken);
            var bareRate = await PutAsync(emails, cancellationToken);
            await emails.ClearMessagesAsync(cancellationToken);

            // The reminder of a day before was due a minute ago.
            var slug = await webinars.AddAsync(webinar => Webinars.StartIn(webinar, TimeSpan.FromMinutes((24 * 60) - 1)), cancellationToken);
            await webinars.AddConfirmedAsync(slug, People, cancellationToken);
            await using var app = await site.StartAppAsync(cancellationToken);
            var start = Stopwatch.GetTimestamp();
            await Invocation.AdvanceAsync(app.Address, slug, cancellationToken);
            var rate = People / Stopwatch.GetElapsedTime(start).TotalSeconds;
            var queued = (await emails.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            if (queued != People) throw new InvalidOperationException($"{queued} messages were queued.");
            if (round == 0) continue;

            bare.Add(bareRate);
            ours.Add(rate);
            memory.Add(app.PeakMegabytes());
        }

        report.Compare("messages/s", ours, bare, atLeast: 0.7);
        report.Figure("peak memory, MB", memory, atMost: 150);
        return report;
    }

    private static async Task<double> PutAsync(QueueClient emails, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, People),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (number, token) => await emails.SendMessageAsync(
                $$"""{"person":"{{number:D52}}","key":"reminder|citizen-engagement-in-practice-001|1|20270120T140000Z|1440"}""",
                TimeSpan.Zero,
                TimeSpan.FromSeconds(-1),
                token));
        return People / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
