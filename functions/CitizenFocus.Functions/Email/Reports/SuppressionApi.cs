using System.Text.Json.Serialization;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>Who gets no mail and why, for organisers, and how to let them have it again.</summary>
internal static class SuppressionApi
{
    private const int MaxReason = 200;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/api/email/suppressions/find", FindSuppression).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/email/suppressions/lift", LiftSuppression).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> FindSuppression(HttpContext context, Suppressions suppressions, PersonIds people)
    {
        var (asked, refusal) = await ContentBody.ReadAsync(context, (sent, errors) => NamedPerson.Read(sent, errors, people));
        return asked is null ? refusal! : await ShowAsync(asked.Person, suppressions, context.RequestAborted);
    }

    private static async Task<IResult> LiftSuppression(HttpContext context, Suppressions suppressions, PersonIds people)
    {
        var reason = "";
        var (asked, refusal) = await ContentBody.ReadAsync(context, (sent, errors) =>
        {
            reason = new FieldReader(sent, errors).RequiredLine("reason", MaxReason, "Say why mail may go there again, for the other organisers.");
            return NamedPerson.Read(sent, errors, people);
        });
        if (asked is null) return refusal!;
        if (await suppressions.LiftAsync(asked.Person, reason, context.RequestAborted)) return await ShowAsync(asked.Person, suppressions, context.RequestAborted);
        return await suppressions.FindAsync(asked.Person, context.RequestAborted) is null
            ? Problems.Of(StatusCodes.Status404NotFound, "Nothing is suppressed there")
            : Problems.Of(StatusCodes.Status409Conflict, "That cannot be lifted", "The person asked for the erasure of their data. They can register again by themselves.");
    }

    private static async Task<IResult> ShowAsync(PersonId person, Suppressions suppressions, CancellationToken cancellationToken) => Results.Json(
        SuppressionDocument.Of(person, await suppressions.FindWithHistoryAsync(person, cancellationToken)), SuppressionJson.Default.SuppressionDocument);
}

/// <summary>A person's suppression, with what it was before.</summary>
internal sealed record SuppressionDocument
{
    public required string Person { get; init; }

    public required SuppressedMail Suppressed { get; init; }

    /// <summary>The weightiest cause in words; absent where there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>By the time of their beginning; those without an end hold now.</summary>
    public required IReadOnlyList<CauseDocument> Causes { get; init; }

    /// <summary>When an organiser last lifted it.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    public string? LiftedBecause { get; init; }

    public static SuppressionDocument Of(PersonId person, Suppression? suppression)
    {
        var row = suppression ?? Suppression.None;
        var causes = row.Causes.Select(cause => new CauseDocument(cause.Key, cause.Value, null))
            .Concat(row.Ended.Where(ended => !row.Causes.ContainsKey(ended.Key)).Select(ended => new CauseDocument(ended.Key, null, ended.Value)));
        return new()
        {
            Person = person.Value,
            Suppressed = row.Blocks(isBulk: false) ? SuppressedMail.All : row.Blocks(isBulk: true) ? SuppressedMail.ToMany : SuppressedMail.None,
            Reason = row.Causes.Count > 0 ? row.Reason : null,
            Causes = [.. causes.OrderBy(cause => cause.Since ?? cause.Until)],
            LiftedAt = row.LiftedAt,
            LiftedBecause = row.LiftedBecause,
        };
    }
}

/// <param name="Since">Absent of one that ended.</param>
/// <param name="Until">When it ended by the person's or an organiser's will.</param>
internal sealed record CauseDocument([property: JsonConverter(typeof(CamelCase<SuppressionCause>))] SuppressionCause Cause, DateTimeOffset? Since, DateTimeOffset? Until);

[JsonConverter(typeof(CamelCase<SuppressedMail>))]
internal enum SuppressedMail
{
    None,

    /// <summary>What goes to many; what the person asks for still goes.</summary>
    ToMany,
    All,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SuppressionDocument))]
internal sealed partial class SuppressionJson : JsonSerializerContext;
