using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Api;

/// <param name="Paused">Absent where mail goes out.</param>
/// <param name="Providers">In the order in which they are asked: the first that is well is used.</param>
internal sealed record SendingDocument(PauseDocument? Paused, IReadOnlyList<ProviderDocument> Providers);

internal sealed record PauseDocument(string Reason, DateTimeOffset Since);

/// <summary>A provider, and why it is used or not.</summary>
internal sealed record ProviderDocument
{
    public required string Name { get; init; }

    public required ProviderHealth State { get; init; }

    /// <summary>Of the last failure.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it is asked again.</summary>
    public DateTimeOffset? AskedAgainAt { get; init; }

    public int? MessagesPerMinute { get; init; }

    public int? MessagesPerHour { get; init; }

    /// <summary>How many may go out now; absent where there is no limit.</summary>
    public int? FreeNow { get; init; }

    /// <summary>When the last of the bulk messages that wait has its turn; absent where none waits.</summary>
    public DateTimeOffset? BulkWaitsUntil { get; init; }

    public static ProviderDocument Of(IEmailSender sender, Circuit? circuit, QuotaState used, DateTimeOffset now) => new()
    {
        Name = sender.Name,
        State = circuit switch
        {
            null => ProviderHealth.Well,
            _ when circuit.IsOpen(now) => ProviderHealth.LeftAlone,
            _ => ProviderHealth.Failing,
        },
        Reason = circuit?.Reason,
        FailingSince = circuit?.Since,
        AskedAgainAt = circuit?.OpenUntil,
        MessagesPerMinute = sender.Rate.PerMinute,
        MessagesPerHour = sender.Rate.PerHour,
        FreeNow = sender.Rate.IsUnlimited ? null : used.Free(sender.Rate, isBulk: false, now),
        BulkWaitsUntil = used.BulkLine > now ? used.BulkLine : null,
    };
}

[JsonConverter(typeof(CamelCase<ProviderHealth>))]
internal enum ProviderHealth
{
    Well,

    /// <summary>The last attempt failed; it is asked all the same.</summary>
    Failing,

    /// <summary>Not asked for a while, since it failed too often or asked for that.</summary>
    LeftAlone,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendingDocument))]
[JsonSerializable(typeof(SendingPlan))]
internal sealed partial class EmailJson : JsonSerializerContext;
