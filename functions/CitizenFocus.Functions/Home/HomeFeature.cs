using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Home;

/// <summary>The front page.</summary>
internal static class HomeFeature
{
    public static IServiceCollection AddHome(this IServiceCollection services) => services.AddSingleton<HomePageModels>();

    public static void MapHome(this IEndpointRouteBuilder site) => site.MapMethods("/", Pages.Methods, ShowHome);

    /// <summary>
    /// Begins to render the front page while the server still starts: the host asks for it first, and whatever is asked for
    /// next finds the storage connected and the components compiled.
    /// </summary>
    public static void BeginFirstPage(this WebApplication app) => _ = Task.Run(async () =>
    {
        try
        {
            await ShowHome(
                new DefaultHttpContext { RequestServices = app.Services },
                app.Services.GetRequiredService<Pages>(),
                app.Services.GetRequiredService<HomePageModels>());
        }
        catch (Exception)
        {
            // Whatever is wrong, the settings' check or the first request says it.
        }
    });

    private static Task<IResult> ShowHome(HttpContext context, Pages pages, HomePageModels models) =>
        pages.CachedPageAsync<HomePage>(context, "home", async cancellationToken =>
            new Dictionary<string, object?> { [nameof(HomePage.Model)] = await models.LoadAsync(cancellationToken) });
}
