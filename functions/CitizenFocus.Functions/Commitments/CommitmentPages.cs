using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

internal static class CommitmentPages
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/commitments", Pages.Methods, ListCommitments);
        site.MapMethods("/commitments/{id}", Pages.Methods, ShowCommitment);
    }

    private static Task<IResult> ListCommitments(HttpContext context, string? after, Pages pages, CommitmentService commitments, Links links) =>
        pages.CachedPageAsync<CommitmentListPage>(context, $"commitments {after}", async cancellationToken =>
        {
            var (items, next) = await commitments.ListAsync(after, PageSize, cancellationToken);
            return new Dictionary<string, object?>
            {
                [nameof(CommitmentListPage.Model)] = new CommitmentListModel
                {
                    Commitments = [.. items.Select(CommitmentView.Of)],
                    NewerHref = after is null ? null : links.Commitments,
                    OlderHref = next is null ? null : $"{links.Commitments}?after={next}",
                },
            };
        });

    private static Task<IResult> ShowCommitment(HttpContext context, string id, Pages pages, CommitmentService commitments) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<CommitmentPage>(context, $"commitment {id}", async cancellationToken =>
                await commitments.FindAsync(id, cancellationToken) is { } commitment
                    ? new Dictionary<string, object?> { [nameof(CommitmentPage.Commitment)] = CommitmentView.Of(commitment) }
                    : null)
            : pages.NotFoundAsync(context);
}
