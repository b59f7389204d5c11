using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CitizenFocus.Bench.Digests;

/// <summary>What sending cannot do without, and nothing else: a page of a shard, a transaction that claims 99, a call, a transaction that marks them.</summary>
internal sealed class BareLoop(TableClient table, SendGridServer provider)
{
    private const int PerStep = 99;
    private const int ShardsInFlight = 16;

    private static readonly HttpClient Client = new();

    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Subscribers.Shards, new ParallelOptions { MaxDegreeOfParallelism = ShardsInFlight, CancellationToken = cancellationToken }, async (shard, token) =>
        {
            var rows = new List<TableEntity>();
            var partition = Subscribers.Shard(shard);
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {"1"}"), cancellationToken: token)) rows.Add(row);
            foreach (var chunk in rows.Chunk(PerStep))
            {
                await WriteAsync(partition, chunk, "Sending", token);
                await PostAsync(chunk, token);
                await WriteAsync(partition, chunk, "Accepted", token);
            }
        });
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task WriteAsync(string shard, TableEntity[] rows, string state, CancellationToken cancellationToken) => await table.SubmitTransactionAsync(
        rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge,
                new TableEntity(shard, row.RowKey) { ["State"] = state, ["CoveredUntil"] = 5, ["Issue"] = "weekly|1", ["Call"] = "0123456789abcdef.0", ["UpdatedAt"] = DateTimeOffset.UtcNow },
                ETag.All))
            .Append(new(TableTransactionActionType.UpsertReplace, new TableEntity(shard, "0|weekly|1") { ["Cursor"] = rows[^1].RowKey })),
        cancellationToken);

    /// <summary>As large as ours is.</summary>
    private async Task PostAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        var text = new string('x', 8_000);
        var mail = new JsonObject
        {
            ["from"] = new JsonObject { ["email"] = "bench@example.org" },
            ["subject"] = "5 new commitments",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text/plain", ["value"] = text }, new JsonObject { ["type"] = "text/html", ["value"] = text }),
            ["personalizations"] = new JsonArray([.. rows.Select(row => new JsonObject
            {
                ["to"] = new JsonArray(new JsonObject { ["email"] = row.GetString("Email") }),
                ["headers"] = new JsonObject { ["Message-ID"] = $"<{row.RowKey}@example.org>", ["List-Unsubscribe"] = $"<https://example.org/digest/unsubscribe/{row.RowKey}{row.RowKey}>" },
                ["substitutions"] = new JsonObject { ["-unsubscription-token-"] = row.RowKey + row.RowKey, ["-preferences-token-"] = row.RowKey + row.RowKey },
            })]),
        };
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(mail)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName } } };
        using var response = await Client.PostAsync(new Uri(provider.Address, "/v3/mail/send"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
