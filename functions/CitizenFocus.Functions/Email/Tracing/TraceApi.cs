using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Tracing;

/// <summary>The trace for organisers.</summary>
internal static class TraceApi
{
    public static void Map(IEndpointRouteBuilder site) => site.MapPost("/api/email/trace", TraceEmails).AddEndpointFilter<OrganiserApiFilter>();

    private static async Task<IResult> TraceEmails(HttpContext context, DeliveryTrace trace, PersonIds people)
    {
        var (asked, refusal) = await ContentBody.ReadAsync(context, (sent, errors) => NamedPerson.Read(sent, errors, people));
        if (asked is null) return refusal!;
        return Results.Json(TraceDocument.Of(await trace.OfAsync(asked.Person, context.RequestAborted)), TraceJson.Default.TraceDocument);
    }
}

internal sealed record TraceDocument(string Person, SuppressionDocument Suppression, IReadOnlyList<TracedEmailDocument> Emails)
{
    public static TraceDocument Of(Trace trace) => new(
        trace.Person.Value, SuppressionDocument.Of(trace.Person, trace.Suppression), [.. trace.Emails.Select(TracedEmailDocument.Of)]);
}

/// <summary>As <see cref="TracedEmail"/> has it.</summary>
internal sealed record TracedEmailDocument
{
    public required string Key { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset StateAt { get; init; }

    public required string NextStep { get; init; }

    public DateTimeOffset? NextStepAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Attempts { get; init; }

    public required int Unanswered { get; init; }

    public string? Provider { get; init; }

    public string? ProviderId { get; init; }

    public string? Answer { get; init; }

    public string? Decision { get; init; }

    public string? ReportReason { get; init; }

    public required IReadOnlyList<TracedEventDocument> Events { get; init; }

    public static TracedEmailDocument Of(TracedEmail email) => new()
    {
        Key = email.Key.Value,
        Kind = email.Kind,
        State = email.State,
        StateAt = email.StateAt,
        NextStep = email.NextStep,
        NextStepAt = email.NextStepAt,
        CreatedAt = email.CreatedAt,
        UpdatedAt = email.UpdatedAt,
        Attempts = email.Attempts,
        Unanswered = email.Unanswered,
        Provider = email.Provider,
        ProviderId = email.ProviderId,
        Answer = email.Answer,
        Decision = email.Decision,
        ReportReason = email.ReportReason,
        Events = [.. email.Events.Select(e => new TracedEventDocument(e.Event.At, TraceWords.OfEvent(e.Event.Kind), e.Event.Provider, e.Event.Reason, e.Machine))],
    };
}

/// <param name="Machine">Why it is held for a machine's; absent: a person's, as far as can be told.</param>
internal sealed record TracedEventDocument(DateTimeOffset At, string What, string Provider, string? Reason, string? Machine);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TraceDocument))]
internal sealed partial class TraceJson : JsonSerializerContext;
