using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.News;

internal static class NewsFeature
{
    public static IServiceCollection AddNews(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(NewsService.TableName))
        .AddSingleton<ListSnapshot<NewsItem>>()
        .AddSingleton<NewsService>();

    public static void MapNews(this IEndpointRouteBuilder site)
    {
        NewsPages.Map(site);
        NewsApi.Map(site);
    }
}
