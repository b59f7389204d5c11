using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Commitments for programs: anybody reads, organisers write.</summary>
internal static class CommitmentApi
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/commitments", Pages.Methods, ListCommitments);
        site.MapMethods("/api/commitments/{id}", Pages.Methods, GetCommitment);
        site.MapPut("/api/commitments/{id}", PutCommitment).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListCommitments(HttpContext context, string? after, CommitmentService commitments, Links links)
    {
        var (items, next) = await commitments.ListAsync(after, PageSize, context.RequestAborted);
        return Results.Json(
            new CommitmentListDocument([.. items.Select(item => CommitmentDocument.Of(item, links))], next),
            CommitmentJson.Default.CommitmentListDocument);
    }

    private static async Task<IResult> GetCommitment(HttpContext context, string id, CommitmentService commitments, Links links) =>
        await commitments.FindAsync(id, context.RequestAborted) is { } commitment
            ? Results.Json(CommitmentDocument.Of(commitment, links), CommitmentJson.Default.CommitmentDocument)
            : Problems.Of(StatusCodes.Status404NotFound, "There is no such commitment");

    /// <summary>Publishes a commitment, or replaces the one of that id.</summary>
    private static async Task<IResult> PutCommitment(HttpContext context, string id, CommitmentService commitments, Links links, TimeProvider clock)
    {
        if (!PublicId.IsValid(id)) return Problems.NoId();
        if (await ContentBody.ReadAsync(context, (sent, errors) => CommitmentInput.Validate(id, sent, clock.GetUtcNow(), errors)) is var (commitment, refusal) && commitment is null) return refusal!;

        await commitments.PutAsync(commitment, context.RequestAborted);
        return Results.Json(CommitmentDocument.Of(commitment, links), CommitmentJson.Default.CommitmentDocument);
    }
}

/// <summary>What an organiser sends as a commitment, judged all at once.</summary>
internal static class CommitmentInput
{
    public static Commitment Validate(string id, Submission.Fields sent, DateTimeOffset now, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new()
        {
            Id = id,
            Title = fields.RequiredLine("title", 200, "Enter a title."),
            Summary = fields.Line("summary", 1_000) ?? "",
            Text = fields.Text("text", 20_000),
            Author = fields.Line("author", 200),
            SubmittedAt = fields.Time("submittedAt") ?? now,
            Topics = fields.Lines("topics", 10, 50),
        };
    }
}

/// <param name="Next">For <c>?after=</c>: the page of those before in time; absent on the last page.</param>
internal sealed record CommitmentListDocument(IReadOnlyList<CommitmentDocument> Commitments, string? Next);

/// <summary>A commitment in JSON.</summary>
internal sealed record CommitmentDocument(
    string Id, string Title, string Summary, string Text, string? Author, DateTimeOffset SubmittedAt, IReadOnlyList<string> Topics, Uri Url)
{
    public static CommitmentDocument Of(Commitment commitment, Links links) => new(
        commitment.Id,
        commitment.Title,
        commitment.Summary,
        commitment.Text,
        commitment.Author,
        commitment.SubmittedAt,
        commitment.Topics,
        links.Absolute(links.Commitment(commitment.Id)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommitmentDocument))]
[JsonSerializable(typeof(CommitmentListDocument))]
internal sealed partial class CommitmentJson : JsonSerializerContext;
