namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>What other features may ask of series, and have to do for them.</summary>
internal sealed class SeriesService(SeriesStore store, FollowerStore followers)
{
    public Task<WebinarSeries?> FindAsync(string slug, CancellationToken cancellationToken) => store.FindAsync(slug, cancellationToken);

    /// <summary>Forgets some of those who asked to follow and have not confirmed in time; the next run forgets more.</summary>
    public async Task ForgetUnconfirmedAsync(CancellationToken cancellationToken)
    {
        foreach (var series in await store.ListAsync(cancellationToken)) await followers.ForgetUnconfirmedAsync(series.Slug, cancellationToken);
    }
}
