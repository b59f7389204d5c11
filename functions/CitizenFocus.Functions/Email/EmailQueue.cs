using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// The queue of e-mails that are due: who, and which; never an address or a text, which are looked up when the mail is sent.
/// </summary>
internal sealed class EmailQueue(Hosting.Storage storage, TimeProvider clock)
{
    public const string QueueName = "emails";
    public const string PoisonQueueName = "emails-poison";

    private readonly QueueClient _queue = storage.Queue(QueueName);

    /// <param name="delay">Until when the message stays invisible; a queue takes 7 days at most, after which it is put again.</param>
    public Task EnqueueAsync(PersonId person, DeliveryKey key, TimeSpan delay, CancellationToken cancellationToken) =>
        EnqueueAsync(new DueEmail { Person = person, Key = key }, delay, cancellationToken);

    public Task EnqueueAsync(DueEmail due, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.PutAsync(due.ToText(), delay, clock, cancellationToken);
}

/// <summary>A message of the queue.</summary>
internal sealed record DueEmail
{
    public required PersonId Person { get; init; }

    public required DeliveryKey Key { get; init; }

    /// <summary>When its turn comes in the line of those who wait for the quota; <see langword="null"/>: it is in none.</summary>
    public DateTimeOffset? TurnAt { get; init; }

    /// <summary>How often it came back from among the poisonous.</summary>
    public int Returns { get; init; }

    /// <exception cref="FormatException">The message is none of ours.</exception>
    public static DueEmail Parse(string message)
    {
        try
        {
            var due = JsonSerializer.Deserialize(message, DueEmailJson.Default.DueEmailDocument);
            return new()
            {
                Person = PersonId.Parse(due?.Person ?? ""),
                Key = DeliveryKey.Parse(due?.Key ?? ""),
                TurnAt = due?.TurnAt,
                Returns = due?.Returns ?? 0,
            };
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a due e-mail.", e);
        }
    }

    public string ToText() => JsonSerializer.Serialize(new(Person.Value, Key.Value, TurnAt, Returns == 0 ? null : Returns), DueEmailJson.Default.DueEmailDocument);
}

internal sealed record DueEmailDocument(string? Person, string? Key, DateTimeOffset? TurnAt = null, int? Returns = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DueEmailDocument))]
internal sealed partial class DueEmailJson : JsonSerializerContext;
