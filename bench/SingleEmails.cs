using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitizenFocus.Bench.Digests;

namespace CitizenFocus.Bench;

/// <summary>
/// The transactional path: confirmations through the SendGrid sender to a local stand-in, 32 messages in flight, beside a bare
/// loop that claims, posts and marks each with the same clients.
/// </summary>
internal sealed class SingleEmails : IBenchmark
{
    private const int Messages = 2_000;
    private const int Rounds = 3;
    private const int InFlight = 32;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(5) };

    public string Name => "single";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"single: {Messages:N0} confirmations, {InFlight} in flight, {Rounds} rounds in turns; median (quartiles)", "bare loop");
        await using var provider = await SendGridServer.StartAsync();
        var webinars = new Webinars(site.ConnectionString);
        var bareTable = new TableServiceClient(site.ConnectionString).GetTableClient("BenchDeliveries");
        await bareTable.CreateIfNotExistsAsync(cancellationToken);
        await using var counted = await site.StartCountedAppAsync(cancellationToken, provider.Settings);
        Samples ours = new(), bare = new(), requests = new();
        for (var round = 0; round <= Rounds; round++)
        {
            var slug = await webinars.AddAsync(webinar => Webinars.StartIn(webinar, TimeSpan.FromDays(30)), cancellationToken);
            await webinars.AddConfirmedAsync(slug, Messages, cancellationToken);
            provider.Clear();
            counted.TakeRequests();
            var rate = await RateAsync((n, token) => SendAsync(counted.App.Address, slug, n, token), cancellationToken);
            var count = counted.TakeRequests().Count;
            if (provider.People != Messages) throw new InvalidOperationException($"{provider.People} confirmations were sent.");
            var bareRate = await RateAsync((n, token) => BareAsync(bareTable, provider, $"{slug}-{n}", token), cancellationToken);
            if (round == 0) continue;

            ours.Add(rate);
            bare.Add(bareRate);
            requests.Add((double)count / Messages);
        }

        report.Compare("messages/s", ours, bare);
        report.Figure("storage requests a message", requests);
        report.Figure("peak memory, MB", counted.App.PeakMegabytes(), atMost: 200);
        return report;
    }

    private static async Task<double> RateAsync(Func<int, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken }, async (n, token) => await send(n, token));
        return Messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task SendAsync(IPEndPoint app, string slug, int number, CancellationToken cancellationToken)
    {
        var message = new JsonObject { ["person"] = Webinars.Person(number), ["key"] = $"confirmation|{slug}|0" }.ToJsonString();
        var envelope = new JsonObject
        {
            ["Data"] = new JsonObject { ["message"] = JsonValue.Create(message).ToJsonString() },
            ["Metadata"] = new JsonObject { ["DequeueCount"] = "1", ["Id"] = $"\"{Guid.NewGuid()}\"" },
        };
        using var content = new StringContent(envelope.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(new Uri($"http://{app}/SendEmail"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A row is added, the provider called with a mail as large as ours, the row marked.</summary>
    private static async Task BareAsync(TableClient table, SendGridServer provider, string person, CancellationToken cancellationToken)
    {
        await table.AddEntityAsync(new TableEntity(person, "confirmation") { ["State"] = "Sending" }, cancellationToken);
        var text = new string('x', 4_000);
        var mail = new JsonObject
        {
            ["from"] = new JsonObject { ["email"] = "bench@example.org" },
            ["subject"] = "You are registered",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text/plain", ["value"] = text }, new JsonObject { ["type"] = "text/html", ["value"] = text }),
            ["personalizations"] = new JsonArray(new JsonObject { ["to"] = new JsonArray(new JsonObject { ["email"] = $"{person}@example.org" }) }),
        };
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(mail)) { Headers = { ContentType = new("application/json") } };
        using var response = await Client.PostAsync(new Uri(provider.Address, "/v3/mail/send"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        await table.UpdateEntityAsync(new TableEntity(person, "confirmation") { ["State"] = "Accepted" }, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }
}
