using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Commitments for programs: anybody reads what is published, organisers read all and write.</summary>
internal static class CommitmentApi
{
    private const int PageSize = 50;
    private const int MaxReasonLength = 2_000;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/commitments", Pages.Methods, ListCommitments);
        site.MapMethods("/api/commitments/{id}", Pages.Methods, GetCommitment);
        site.MapPut("/api/commitments/{id}", PutCommitment).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/commitments/{id}/publish", PublishCommitment).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/commitments/{id}/decline", DeclineCommitment).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/commitments/{id}/withdraw", WithdrawCommitment).AddEndpointFilter<OrganiserApiFilter>();
    }

    /// <summary>What is published, by the filters of the page; an organiser may ask for another <c>status</c>, as it is now.</summary>
    private static async Task<IResult> ListCommitments(
        HttpContext context, string? after, string? status, CommitmentStore commitments, OrganiserAccess access, Links links)
    {
        if (MayReadAll(context, access) is not { } isOrganiser) return OrganiserAccess.Refuse(context);
        if (!string.IsNullOrEmpty(status))
        {
            if (!isOrganiser) return OrganiserAccess.Refuse(context);
            if (!Enum.TryParse<CommitmentStatus>(status, ignoreCase: true, out var wanted) || !char.IsAsciiLetter(status[0]))
            {
                return Problems.Validation(new() { { "status", $"Choose one of: {string.Join(", ", Enum.GetNames<CommitmentStatus>())}." } });
            }

            var (listed, more) = await commitments.ListAsync(wanted, after, PageSize, context.RequestAborted);
            return List(listed, more, links, true);
        }

        var filter = CommitmentFilter.Read(context.Request);
        var all = await commitments.SnapshotAsync(context.RequestAborted);
        var page = ListPage<Commitment>.Of([.. all.Where(item => filter.Takes(item.Value))], Timeline.IsPosition(after) ? after : null, PageSize);
        return List(page.Items, page.Next, links, isOrganiser);
    }

    private static async Task<IResult> GetCommitment(HttpContext context, string id, CommitmentStore commitments, OrganiserAccess access, Links links)
    {
        if (MayReadAll(context, access) is not { } isOrganiser) return OrganiserAccess.Refuse(context);
        return await commitments.FindAsync(id, context.RequestAborted) switch
        {
            { } found when isOrganiser => Document(context, found, links),
            { Value: { Status: CommitmentStatus.Published } commitment } => Results.Json(CommitmentDocument.Of(commitment, links, false), CommitmentJson.Default.CommitmentDocument),
            { Value: { Status: CommitmentStatus.Withdrawn, PublishedAt: not null } } => Problems.Of(StatusCodes.Status410Gone, "This commitment was withdrawn"),
            _ => NotFound(),
        };
    }

    /// <summary>Publishes a commitment of an organiser's own; or changes the one whose ETag is given in If-Match, whatever its status.</summary>
    private static async Task<IResult> PutCommitment(
        HttpContext context, string id, CommitmentStore commitments, CommitmentLife life, Links links, TimeProvider clock)
    {
        if (!PublicId.IsValid(id) || id == CommitmentPages.ProposePath) return Problems.NoId();
        if (await ContentBody.ReadAsync(context, (sent, errors) => CommitmentInput.Validate(id, sent, clock.GetUtcNow(), errors)) is var (content, refusal) && content is null) return refusal!;

        if (await commitments.FindAsync(id, context.RequestAborted) is { } existing)
        {
            if (Conditional.Matches(context.Request, existing.ETag) != true) return Stale();
            if (existing.Value.Status == CommitmentStatus.Withdrawn) return Problems.Of(StatusCodes.Status409Conflict, "It was withdrawn, and that is for good.");
            if (!await commitments.TryReplaceAsync(existing, Changed(existing.Value, content, clock.GetUtcNow()), null, context.RequestAborted)) return Stale();
        }
        else
        {
            if (context.Request.Headers.IfMatch.Count > 0) return Stale();
            var published = content with { Status = CommitmentStatus.Published, PublishedAt = content.PublishedAt ?? content.SubmittedAt };
            await life.AnnounceAsync(published, context.RequestAborted);
            if (!await commitments.TryAddAsync(published, null, null, context.RequestAborted)) return Stale();
        }

        return await commitments.FindAsync(id, context.RequestAborted) is { } stored ? Document(context, stored, links) : NotFound();
    }

    private static Commitment Changed(Commitment before, Commitment content, DateTimeOffset now) => content with
    {
        Status = before.Status,
        Author = content.Author ?? before.Author,
        SubmittedAt = before.SubmittedAt,
        PublishedAt = before.PublishedAt is null ? null : content.PublishedAt ?? before.PublishedAt,
        ChangedAt = before.PublishedAt is null ? null : now,
        DeclineReason = before.DeclineReason,
        Proposer = before.Proposer,
        Source = before.Source,
    };

    private static async Task<IResult> PublishCommitment(HttpContext context, string id, CommitmentLife life, Links links) =>
        Answer(context, await life.PublishAsync(id, Expected(context), context.RequestAborted), links);

    private static async Task<IResult> DeclineCommitment(HttpContext context, string id, CommitmentLife life, Links links)
    {
        var (reason, refusal) = await ContentBody.ReadAsync(context, (sent, errors) =>
        {
            var text = new FieldReader(sent, errors).Text("reason", MaxReasonLength);
            if (string.IsNullOrWhiteSpace(text)) errors.Add("reason", "Enter the reason: the proposer gets it by e-mail.");
            return text.Trim();
        });
        return reason is null ? refusal! : Answer(context, await life.DeclineAsync(id, reason, Expected(context), context.RequestAborted), links);
    }

    private static async Task<IResult> WithdrawCommitment(HttpContext context, string id, CommitmentLife life, Links links) =>
        Answer(context, await life.WithdrawAsync(id, Expected(context), context.RequestAborted), links);

    private static IResult Answer(HttpContext context, CommitmentLife.Outcome outcome, Links links) => outcome switch
    {
        CommitmentLife.Outcome.Done(var stored) => Document(context, stored, links),
        CommitmentLife.Outcome.Refused(var why) => Problems.Of(StatusCodes.Status409Conflict, why),
        CommitmentLife.Outcome.Stale => Stale(),
        CommitmentLife.Outcome.NotFound => NotFound(),
        var other => throw new InvalidOperationException($"No answer for {other}."),
    };

    /// <summary>Whether an organiser asks; <see langword="null"/> for a wrong token, whose bearer shall not wonder where the proposals are.</summary>
    private static bool? MayReadAll(HttpContext context, OrganiserAccess access)
    {
        context.Response.Headers.Vary = HeaderNames.Authorization;
        if (!OrganiserAccess.HasToken(context.Request)) return false;
        if (!access.IsOrganiser(context.Request)) return null;
        context.Response.Headers.CacheControl = "no-store";
        return true;
    }

    /// <summary>Who sends no If-Match means it as it is.</summary>
    private static Func<ETag, bool> Expected(HttpContext context) => etag => Conditional.Matches(context.Request, etag) != false;

    private static IResult List(IReadOnlyList<Commitment> commitments, string? next, Links links, bool forOrganisers) => Results.Json(
        new CommitmentListDocument([.. commitments.Select(commitment => CommitmentDocument.Of(commitment, links, forOrganisers))], next),
        CommitmentJson.Default.CommitmentListDocument);

    private static IResult Document(HttpContext context, StoredCommitment stored, Links links)
    {
        context.Response.Headers.ETag = Conditional.TagOf(stored.ETag);
        return Results.Json(CommitmentDocument.Of(stored.Value, links, true), CommitmentJson.Default.CommitmentDocument);
    }

    private static IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, "There is no such commitment");

    private static IResult Stale() => Problems.Of(
        StatusCodes.Status412PreconditionFailed,
        "It has changed since you read it",
        "Read the commitment again and send its ETag in If-Match; leave If-Match out to create one.");
}
