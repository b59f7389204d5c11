using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Home;

/// <summary>The front page: a little of each feature.</summary>
internal static class HomeFeature
{
    private const int ShownPast = 3;
    private const int ShownCommitments = 3;
    private const int ShownNews = 3;

    public static void MapHome(this IEndpointRouteBuilder site) => site.MapMethods("/", Pages.Methods, ShowHome);

    private static Task<IResult> ShowHome(
        HttpContext context,
        Pages pages,
        WebinarService webinars,
        LibraryService library,
        CommitmentService commitments,
        NewsService news,
        TimeProvider clock) =>
        pages.CachedPageAsync<HomePage>(context, "home", async cancellationToken =>
        {
            var schedule = webinars.ListForVisitorsAsync(cancellationToken);
            var documents = library.ListAsync(cancellationToken);
            var latestCommitments = commitments.ListAsync(null, ShownCommitments, cancellationToken);
            var latestNews = news.ListAsync(null, ShownNews, cancellationToken);
            await Task.WhenAll(schedule, documents, latestCommitments, latestNews);

            var (upcoming, past) = await schedule;
            var next = upcoming.FirstOrDefault();
            return new Dictionary<string, object?>
            {
                [nameof(HomePage.Model)] = new HomePageModel
                {
                    Upcoming = upcoming,
                    NextIsOpen = next?.AcceptsRegistrations(Instant.FromDateTimeOffset(clock.GetUtcNow())) ?? false,
                    Past = [.. past.Take(ShownPast)],
                    Featured = (await documents).FirstOrDefault(document => document.File is not null) is { } featured ? DocumentView.Of(featured) : null,
                    Commitments = [.. (await latestCommitments).Commitments.Select(CommitmentView.Of)],
                    News = [.. (await latestNews).Items.Select(NewsItemView.Of)],
                },
            };
        });
}
