using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Commitments;

/// <summary>What visitors read of commitments: pages, and the feed.</summary>
internal static class CommitmentPages
{
    /// <summary>Where others have an id.</summary>
    public const string ProposePath = "propose";

    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/commitments", Pages.Methods, ListCommitments);
        site.MapMethods("/commitments/{id}", Pages.Methods, ShowCommitment);
        site.MapMethods("/commitments.atom", Pages.Methods, ShowFeed);
    }

    private static Task<IResult> ListCommitments(HttpContext context, string? after, Pages pages, CommitmentStore commitments, Links links)
    {
        var (filter, place) = (CommitmentFilter.Read(context.Request), Timeline.IsPosition(after) ? after : null);
        return pages.CachedPageAsync<CommitmentListPage>(context, "commitments " + filter.ToQuery(place), async cancellationToken =>
        {
            var all = await commitments.SnapshotAsync(cancellationToken);
            var matching = all.Where(item => filter.Takes(item.Value)).ToList();
            var page = ListPage<Commitment>.Of(matching, place, PageSize);
            return new Dictionary<string, object?>
            {
                [nameof(CommitmentListPage.Model)] = new CommitmentListModel
                {
                    Filter = filter,
                    Topics = Options(all.SelectMany(item => item.Value.Topics), topic => topic),
                    Countries = Options(all.Select(item => item.Value.Country).OfType<string>(), code => Choices.CountryName(code) ?? code),
                    Count = matching.Count,
                    Commitments = [.. page.Items.Select(CommitmentView.Of)],
                    NewerHref = page.IsFirst ? null : links.Commitments + filter.ToQuery(page.Previous),
                    OlderHref = page.Next is null ? null : links.Commitments + filter.ToQuery(page.Next),
                },
            };
        });
    }

    private static Task<IResult> ShowCommitment(HttpContext context, string id, Pages pages, CommitmentStore commitments) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<CommitmentPage>(
                context,
                $"commitment {id}",
                async cancellationToken => await commitments.FindAsync(id, cancellationToken) is { Value: { Status: CommitmentStatus.Published } commitment }
                    ? new Dictionary<string, object?> { [nameof(CommitmentPage.Commitment)] = CommitmentView.Of(commitment) }
                    : null,
                async () => await commitments.FindAsync(id, context.RequestAborted) is { Value: { Status: CommitmentStatus.Withdrawn, PublishedAt: not null } }
                    ? await pages.GoneAsync(context, "This commitment was withdrawn.")
                    : await pages.NotFoundAsync(context))
            : pages.NotFoundAsync(context);

    private static async Task<IResult> ShowFeed(HttpContext context, string? after, CommitmentStore commitments, Links links, SiteOptions site)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var all = await commitments.SnapshotAsync(context.RequestAborted);
        return new ConditionalFile(
            CommitmentsFeed.Write(all, CommitmentFilter.Read(context.Request), Timeline.IsPosition(after) ? after : null, links, site), AtomFeed.ContentType);
    }

    /// <summary>Each once, by name.</summary>
    private static SelectGroup[] Options(IEnumerable<string> values, Func<string, string> name) =>
    [
        new(null, [.. values.Distinct(StringComparer.OrdinalIgnoreCase).Select(value => new SelectOption(value, name(value))).OrderBy(option => option.Text, StringComparer.OrdinalIgnoreCase)]),
    ];
}
