using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// The queue of e-mails that are due: who, and which; never an address or a text, which are looked up when the mail is sent.
/// </summary>
internal sealed class EmailQueue(Hosting.Storage storage)
{
    public const string QueueName = "emails";

    // Never expires: what is due stays due.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient _queue = storage.Queue(QueueName);

    /// <param name="delay">Until when the message stays invisible: 0 to 7 days.</param>
    public Task EnqueueAsync(PersonId person, DeliveryKey key, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            JsonSerializer.Serialize(new(person.Value, key.Value), DueEmailJson.Default.DueEmail),
            delay,
            Forever,
            cancellationToken);

    /// <exception cref="FormatException">The message is none of ours.</exception>
    public static (PersonId Person, DeliveryKey Key) Parse(string message)
    {
        try
        {
            var due = JsonSerializer.Deserialize(message, DueEmailJson.Default.DueEmail);
            return (PersonId.Parse(due?.Person ?? ""), DeliveryKey.Parse(due?.Key ?? ""));
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a due e-mail.", e);
        }
    }
}

internal sealed record DueEmail(string Person, string Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DueEmail))]
internal sealed partial class DueEmailJson : JsonSerializerContext;
