using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Webinars.Series;

internal static class SeriesFeature
{
    public static IServiceCollection AddSeries(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(FollowerStore.TableName))
        .AddSingleton<FollowerStore>()
        .AddSingleton<IListSource, FollowersToInvite>();

    public static void MapSeries(this IEndpointRouteBuilder site)
    {
    }
}
