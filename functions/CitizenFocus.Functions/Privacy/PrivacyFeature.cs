using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Privacy;

internal static class PrivacyFeature
{
    public static void MapPrivacy(this IEndpointRouteBuilder site) => site.MapMethods("/privacy", Pages.Methods, ShowPrivacy);

    private static Task<IResult> ShowPrivacy(HttpContext context, Pages pages) =>
        pages.CachedPageAsync<PrivacyPage>(context, "privacy", _ => Task.FromResult<IDictionary<string, object?>?>(new Dictionary<string, object?>()));
}
