using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Digests;

/// <summary>The issues, to read in the browser and in a feed reader.</summary>
internal static class DigestArchive
{
    private const int FeedLength = 50;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/digest/issues/{name}", Pages.Methods, ShowIssue);
        site.MapMethods("/digest.atom", Pages.Methods, ShowFeed);
    }

    /// <summary>Of both cadences, the latest first.</summary>
    public static async Task<IReadOnlyList<DigestIssue>> ListAsync(IssueStore issues, CancellationToken cancellationToken) =>
    [
        .. (await issues.ListAsync(DigestCadence.Weekly, cancellationToken)).Concat(await issues.ListAsync(DigestCadence.Monthly, cancellationToken))
            .OrderByDescending(issue => issue.MadeAt).ThenBy(issue => issue.Key.Cadence),
    ];

    private static Task<IResult> ShowIssue(HttpContext context, string name, Pages pages, IssueStore issues, DigestContent content) =>
        pages.CachedPageAsync<IssuePage>(context, $"digest issue {name}", async cancellationToken => await issues.FindByNameAsync(name, cancellationToken) is { } issue
            ? new Dictionary<string, object?>
            {
                [nameof(IssuePage.Issue)] = IssueView.Of(issue),
                [nameof(IssuePage.Commitments)] = Views(await content.LoadAsync(issue.After, issue.UpTo, cancellationToken)),
            }
            : null);

    private static CommitmentView[] Views(IReadOnlyList<DigestItem> items) => [.. items.Select(item => CommitmentView.Of(item.Commitment))];

    private static async Task<IResult> ShowFeed(HttpContext context, IssueStore issues, Links links, SiteOptions site)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var entries = (await ListAsync(issues, context.RequestAborted)).Take(FeedLength).Select(issue => Entry(issue, links)).ToList();
        return new ConditionalFile(
            new AtomFeed
            {
                Title = $"{site.Name}: the digest",
                Author = site.Name,
                Id = links.Absolute(links.DigestFeed),
                Self = links.Absolute(links.DigestFeed),
                Alternate = links.Absolute(links.Digest),
                Entries = entries,
            }.Write(),
            AtomFeed.ContentType);
    }

    private static AtomEntry Entry(DigestIssue issue, Links links)
    {
        var (view, made) = (IssueView.Of(issue), Instant.FromDateTimeOffset(issue.MadeAt));
        return new()
        {
            Page = links.Absolute(links.DigestIssue(issue.Name)),
            Title = view.Title,
            Published = made,
            Updated = made,
            Summary = issue.Opening.Length > 0 ? issue.Opening : view.CountText,
        };
    }
}
