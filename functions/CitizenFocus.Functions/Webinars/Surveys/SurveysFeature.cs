using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Webinars.Surveys;

internal static class SurveysFeature
{
    public static IServiceCollection AddSurveys(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(SurveyStore.TableName))
        .AddSingleton<SurveyPseudonyms>()
        .AddSingleton<SurveyStore>()
        .AddSingleton<SurveyLinks>();

    public static void MapSurveys(this IEndpointRouteBuilder site)
    {
        SurveyPages.Map(site);
        SurveyApi.Map(site);
    }
}
