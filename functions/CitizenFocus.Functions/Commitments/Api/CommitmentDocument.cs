using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <param name="Next">For <c>?after=</c>: the page of those before in time; absent on the last page.</param>
internal sealed record CommitmentListDocument(IReadOnlyList<CommitmentDocument> Commitments, string? Next);

/// <summary>A commitment in JSON. Its last members are for organisers only.</summary>
internal sealed record CommitmentDocument
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Text { get; init; }

    public string? Organisation { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public required IReadOnlyList<Uri> Links { get; init; }

    public string? Author { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Its page, which is there once it is published.</summary>
    public required Uri Url { get; init; }

    public CommitmentStatus? Status { get; init; }

    public string? DeclineReason { get; init; }

    public string? ProposerEmail { get; init; }

    public string? Source { get; init; }

    public static CommitmentDocument Of(Commitment commitment, Links links, bool forOrganisers) => new()
    {
        Id = commitment.Id,
        Title = commitment.Title,
        Summary = commitment.Summary,
        Text = commitment.Text,
        Organisation = commitment.Organisation,
        City = commitment.City,
        Country = commitment.Country,
        Topics = commitment.Topics,
        Links = commitment.Links,
        Author = commitment.Author,
        SubmittedAt = commitment.SubmittedAt,
        PublishedAt = commitment.PublishedAt,
        ChangedAt = commitment.ChangedAt,
        Url = links.Absolute(links.Commitment(commitment.Id)),
        Status = forOrganisers ? commitment.Status : null,
        DeclineReason = forOrganisers ? commitment.DeclineReason : null,
        ProposerEmail = forOrganisers ? commitment.Proposer?.Email.Value : null,
        Source = forOrganisers ? commitment.Source : null,
    };
}

/// <summary>What became of an import, row by row.</summary>
internal sealed record ImportReportDocument(int Taken, int Known, int Wrong, IReadOnlyList<ImportRowDocument> Rows);

/// <param name="Row">Counted from 1; of a table, without its header.</param>
/// <param name="Outcome"><c>taken</c>; <c>known</c>: it was taken before; or <c>wrong</c>.</param>
/// <param name="Id">Of the proposal that it became.</param>
/// <param name="Errors">What is wrong, by field.</param>
internal sealed record ImportRowDocument(int Row, string Outcome, string? Id, IReadOnlyDictionary<string, string>? Errors);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCase<CommitmentStatus>)])]
[JsonSerializable(typeof(CommitmentDocument))]
[JsonSerializable(typeof(CommitmentListDocument))]
[JsonSerializable(typeof(ImportReportDocument))]
[JsonSerializable(typeof(ProposalReceivedDocument))]
internal sealed partial class CommitmentJson : JsonSerializerContext;

/// <summary>The answer to a proposal.</summary>
internal sealed record ProposalReceivedDocument(string Status, string Message);
