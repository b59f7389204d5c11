using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Sharing;

/// <summary>The webinars as an Atom feed, the latest change first.</summary>
internal static class WebinarFeed
{
    private const int MaximumEntries = 50;

    public static byte[] Write(IEnumerable<Webinar> webinars, Links links, SiteOptions site)
    {
        var latest = webinars.OrderByDescending(ChangeOf).ThenBy(webinar => webinar.Slug.Value, StringComparer.Ordinal).Take(MaximumEntries);
        var address = links.Absolute(links.WebinarsFeed);
        return new AtomFeed
        {
            Title = $"{site.Name}: webinars",
            Author = site.Name,
            Id = address,
            Self = address,
            Alternate = links.Absolute(links.Webinars),
            Entries = [.. latest.Select(webinar => Entry(webinar, links))],
        }.Write();
    }

    private static AtomEntry Entry(Webinar webinar, Links links)
    {
        var when = string.Join('\n', WebinarTimes.English.EachSession(webinar).Append(webinar.Place ?? "Online"));
        return new()
        {
            Page = links.Absolute(links.Webinar(webinar.Slug.Value)),
            Title = webinar.IsCalledOff ? $"Cancelled: {webinar.Title}" : webinar.Title,
            Updated = ChangeOf(webinar),
            Summary = webinar.Summary.Length > 0 ? $"{webinar.Summary}\n{when}" : when,
        };
    }

    private static Instant ChangeOf(Webinar webinar) => webinar.ChangedAt ?? webinar.RevisedAt ?? AtomFeed.Never;
}
