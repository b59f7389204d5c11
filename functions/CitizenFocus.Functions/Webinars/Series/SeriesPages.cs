using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>A series' page.</summary>
internal sealed class SeriesPages(WebinarService webinars, FormTokens forms)
{
    public static void Map(IEndpointRouteBuilder site) => site.MapMethods("/series/{slug}", Pages.Methods, ShowSeries);

    public async Task<SeriesPageModel> ModelAsync(WebinarSeries series, CancellationToken cancellationToken)
    {
        var (upcoming, past) = await webinars.ListForVisitorsAsync(cancellationToken);
        return new()
        {
            Series = series,
            Upcoming = [.. upcoming.Where(webinar => webinar.Series == series.Slug)],
            Past = [.. past.Where(webinar => webinar.Series == series.Slug)],
            FormToken = forms.Issue(),
        };
    }

    public static Dictionary<string, object?> Parameters(SeriesPageModel model) => new() { [nameof(SeriesPage.Model)] = model };

    private static Task<IResult> ShowSeries(HttpContext context, string slug, Pages pages, SeriesStore store, SeriesPages models) =>
        SeriesStore.IsSlug(slug)
            ? pages.CachedPageAsync<SeriesPage>(context, $"series {slug}", async cancellationToken =>
                await store.FindAsync(slug, cancellationToken) is { } series ? Parameters(await models.ModelAsync(series, cancellationToken)) : null)
            : pages.NotFoundAsync(context);
}
