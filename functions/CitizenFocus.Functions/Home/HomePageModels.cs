using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Home;

/// <summary>Fills the front page: a little of each feature, asked for side by side.</summary>
internal sealed class HomePageModels(
    WebinarService webinars, LibraryService library, CommitmentService commitments, NewsService news, TimeProvider clock)
{
    private const int ShownPast = 3;
    private const int ShownCommitments = 3;
    private const int ShownNews = 3;

    public async Task<HomePageModel> LoadAsync(CancellationToken cancellationToken)
    {
        var schedule = webinars.ListForVisitorsAsync(cancellationToken);
        var documents = library.ListAsync(cancellationToken);
        var latestCommitments = commitments.ListAsync(null, ShownCommitments, cancellationToken);
        var latestNews = news.ListAsync(null, ShownNews, cancellationToken);
        await Task.WhenAll(schedule, documents, latestCommitments, latestNews);

        var (upcoming, past) = await schedule;
        return new()
        {
            Upcoming = upcoming,
            NextIsOpen = upcoming is [var next, ..] && next.AcceptsRegistrations(Instant.FromDateTimeOffset(clock.GetUtcNow())),
            Past = [.. past.Take(ShownPast)],
            Featured = (await documents).FirstOrDefault(document => document.File is not null) is { } featured ? DocumentView.Of(featured) : null,
            Commitments = [.. (await latestCommitments).Commitments.Select(CommitmentView.Of)],
            News = [.. (await latestNews).Items.Select(NewsItemView.Of)],
        };
    }
}
