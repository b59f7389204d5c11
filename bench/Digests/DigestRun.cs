using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CitizenFocus.Bench.Digests;

/// <summary>An issue sent as the host has it sent: the timer fires, and the messages of the queue are delivered, 16 at a time.</summary>
internal sealed class DigestRun(Site site)
{
    private const int BatchSize = 16;
    private const int Commitments = 5;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(15) };
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(15);

    private readonly QueueClient _queue = new QueueServiceClient(site.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient("digests");

    /// <summary>Publishes a few commitments, and lets the weekly issue be overdue.</summary>
    public async Task PrepareAsync(IPEndPoint app, CancellationToken cancellationToken)
    {
        for (var n = 0; n < Commitments; n++)
        {
            var body = new JsonObject
            {
                ["title"] = $"A commitment of a city to its people, number {n}",
                ["summary"] = string.Concat(Enumerable.Repeat("What it is that the city will do, and by when. ", 4)),
                ["topics"] = new JsonArray("energy"),
            };
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"http://{app}/api/commitments/bench-{n}-{Guid.NewGuid():N}")) { Content = content };
            request.Headers.Authorization = new("Bearer", site.ApiToken);
            using var response = await Client.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
        }

        var state = new TableEntity("issues", "s") { ["WeeklyDueAt"] = DateTimeOffset.UtcNow.AddDays(-14) };
        await new TableServiceClient(site.ConnectionString).GetTableClient("DigestIssues").UpdateEntityAsync(state, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <param name="app">The process that runs; another after a death.</param>
    /// <param name="isDone">Asked when nothing is visible on the queue.</param>
    /// <returns>How long it took from the timer to the last shard.</returns>
    public async Task<TimeSpan> SendAsync(Func<IPEndPoint> app, Func<Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await PostAsync(app(), "MakeDigests", """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""", cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, BatchSize).Select(_ => DeliverAsync(app, isDone, cancellationToken)));
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task DeliverAsync(Func<IPEndPoint> app, Func<Task<bool>> isDone, CancellationToken cancellationToken)
    {
        while (true)
        {
            var messages = (await _queue.ReceiveMessagesAsync(1, Invisible, cancellationToken)).Value;
            if (messages.Length == 0)
            {
                if (await isDone()) return;
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
                continue;
            }

            var envelope = new JsonObject
            {
                ["Data"] = new JsonObject { ["message"] = JsonValue.Create(messages[0].MessageText).ToJsonString() },
                ["Metadata"] = new JsonObject { ["DequeueCount"] = "1", ["Id"] = $"\"{Guid.NewGuid()}\"" },
            };
            if (await PostAsync(app(), "SendDigestShard", envelope.ToJsonString(), cancellationToken)) await _queue.DeleteMessageAsync(messages[0].MessageId, messages[0].PopReceipt, cancellationToken);
            else await _queue.UpdateMessageAsync(messages[0].MessageId, messages[0].PopReceipt, messages[0].Body, TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    /// <returns><see langword="false"/> where it failed, or the process died.</returns>
    private static async Task<bool> PostAsync(IPEndPoint app, string function, string envelope, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(envelope, Encoding.UTF8, "application/json");
            using var response = await Client.PostAsync(new Uri($"http://{app}/{function}"), content, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
