using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>The answer to a subscription.</summary>
internal sealed record SubscriptionReceivedDocument(string Status, string Message);

/// <param name="Upcoming">One a cadence.</param>
/// <param name="Issues">The latest first.</param>
internal sealed record DigestDocument(IReadOnlyList<UpcomingDocument> Upcoming, IReadOnlyList<IssueDocument> Issues);

/// <summary>What the next issue would be.</summary>
internal sealed record UpcomingDocument
{
    public required DigestCadence Cadence { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? HeldSince { get; init; }

    public required string Opening { get; init; }

    public required IReadOnlyList<DigestItemDocument> Commitments { get; init; }

    public static UpcomingDocument Of(DigestCadence cadence, CadenceState state, DateTimeOffset dueAt, IReadOnlyList<DigestItem> items, Links links) => new()
    {
        Cadence = cadence,
        DueAt = dueAt,
        HeldSince = state.HeldSince,
        Opening = state.Opening,
        Commitments = [.. items.Select(item => new DigestItemDocument(item.Commitment.Id, item.Commitment.Title, links.Absolute(links.Commitment(item.Commitment.Id))))],
    };
}

internal sealed record DigestItemDocument(string Id, string Title, Uri Url);

internal sealed record IssueDocument
{
    public required string Name { get; init; }

    public required DigestCadence Cadence { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How many commitments it held when it was made.</summary>
    public required int Count { get; init; }

    public required Uri Url { get; init; }

    public ProgressDocument? Progress { get; init; }

    public static IssueDocument Of(DigestIssue issue, Links links) => new()
    {
        Name = issue.Name,
        Cadence = issue.Key.Cadence,
        Number = issue.Key.Number,
        MadeAt = issue.MadeAt,
        Count = issue.UpTo - issue.After,
        Url = links.Absolute(links.DigestIssue(issue.Name)),
    };
}

/// <param name="ShardsDone">Of <paramref name="Shards"/>; then it is done.</param>
internal sealed record ProgressDocument(int ShardsDone, int Shards, int Accepted, int Refused, int Skipped, int Unknown)
{
    public static ProgressDocument Of(int shardsDone, DigestCounts counts) =>
        new(shardsDone, PersonId.Shards.Length, counts.Accepted, counts.Refused, counts.Skipped, counts.Left);
}

internal sealed record PreviewDocument(string Subject, string Text, string Html);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCase<DigestCadence>)])]
[JsonSerializable(typeof(SubscriptionReceivedDocument))]
[JsonSerializable(typeof(DigestDocument))]
[JsonSerializable(typeof(IssueDocument))]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(SendingPlan))]
internal sealed partial class DigestJson : JsonSerializerContext;
