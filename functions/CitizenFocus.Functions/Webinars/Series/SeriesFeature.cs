using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Webinars.Series;

internal static class SeriesFeature
{
    public static IServiceCollection AddSeries(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(SeriesStore.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Table(FollowerStore.TableName))
        .AddSingleton<SeriesStore>()
        .AddSingleton<SeriesService>()
        .AddSingleton<SeriesPages>()
        .AddSingleton<FollowerStore>()
        .AddSingleton<IListSource, FollowersToInvite>()
        .AddSingleton<FollowEmails>()
        .AddSingleton<IEmailComposer>(provider => provider.GetRequiredService<FollowEmails>())
        .AddSingleton<IEmailSamples, FollowEmailSamples>();

    public static void MapSeries(this IEndpointRouteBuilder site)
    {
        SeriesApi.Map(site);
        SeriesPages.Map(site);
        FollowSeries.Map(site);
    }
}
