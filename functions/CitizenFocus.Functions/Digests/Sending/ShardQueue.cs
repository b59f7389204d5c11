using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>The queue of an issue's shards: which is to be sent on, and nothing of whom it goes to.</summary>
internal sealed class ShardQueue(Hosting.Storage storage, TimeProvider clock)
{
    public const string QueueName = "digests";
    public const string PoisonQueueName = "digests-poison";

    private const int MessagesInFlight = 16;

    private readonly QueueClient _queue = storage.Queue(QueueName);

    public Task EnqueueAllAsync(IssueKey issue, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        PersonId.Shards,
        new ParallelOptions { MaxDegreeOfParallelism = MessagesInFlight, CancellationToken = cancellationToken },
        async (shard, token) => await EnqueueAsync(new(issue, shard), TimeSpan.Zero, token));

    public Task EnqueueAsync(DueShard due, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.PutAsync(due.ToText(), delay, clock, cancellationToken);
}

/// <summary>A message of the queue.</summary>
/// <param name="TurnAt">When its turn comes in the line of those who wait for the quota; <see langword="null"/>: it is in none.</param>
internal sealed record DueShard(IssueKey Issue, string Shard, DateTimeOffset? TurnAt = null)
{
    /// <exception cref="FormatException">The message is none of ours.</exception>
    public static DueShard Parse(string message)
    {
        try
        {
            var due = JsonSerializer.Deserialize(message, DueShardJson.Default.DueShardDocument);
            return PersonId.Shards.Contains(due?.Shard) ? new(IssueKey.Parse(due?.Issue ?? ""), due!.Shard!, due.TurnAt) : throw new FormatException("No such shard.");
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a due shard.", e);
        }
    }

    public string ToText() => JsonSerializer.Serialize(new(Issue.ToString(), Shard, TurnAt), DueShardJson.Default.DueShardDocument);
}

internal sealed record DueShardDocument(string? Issue, string? Shard, DateTimeOffset? TurnAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DueShardDocument))]
internal sealed partial class DueShardJson : JsonSerializerContext;
