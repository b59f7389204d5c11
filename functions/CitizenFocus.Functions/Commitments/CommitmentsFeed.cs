using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using NodaTime;

namespace CitizenFocus.Functions.Commitments;

/// <summary>The commitments as an Atom feed, the latest first, page by page back to the first of all.</summary>
internal static class CommitmentsFeed
{
    public const int PageSize = 50;

    public static byte[] Write(IReadOnlyList<Placed<Commitment>> all, CommitmentFilter filter, string? after, Links links, SiteOptions site)
    {
        var page = ListPage<Commitment>.Of([.. all.Where(item => filter.Takes(item.Value))], after, PageSize);
        Uri Address(string? place) => links.Absolute(links.CommitmentsFeed + filter.ToQuery(place));
        return new AtomFeed
        {
            Title = $"{site.Name}: commitments",
            Author = site.Name,
            Id = Address(null),
            Self = Address(after),
            Alternate = links.Absolute(links.Commitments + filter.ToQuery()),
            Next = page.Next is null ? null : Address(page.Next),
            Previous = page.IsFirst ? null : Address(page.Previous),
            Entries = [.. page.Items.Select(commitment => Entry(commitment, links))],
        }.Write();
    }

    private static AtomEntry Entry(Commitment commitment, Links links)
    {
        var published = commitment.PublishedAt ?? commitment.SubmittedAt;
        return new()
        {
            Page = links.Absolute(links.Commitment(commitment.Id)),
            Title = commitment.Title,
            Published = Instant.FromDateTimeOffset(published),
            Updated = Instant.FromDateTimeOffset(commitment.ChangedAt ?? published),
            Author = commitment.Author,
            Summary = commitment.Summary,
            ContentHtml = string.IsNullOrWhiteSpace(commitment.Text) ? null : MarkdownText.ToHtml(commitment.Text, 2),
            Topics = commitment.Topics,
        };
    }
}
