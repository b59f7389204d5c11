using CitizenFocus.Functions.Webinars.Attendances;

namespace CitizenFocus.Functions.Webinars.Joining;

internal static class JoiningFeature
{
    public static IServiceCollection AddJoining(this IServiceCollection services) => services
        .AddSingleton<JoinLinks>()
        .AddSingleton<WrongJoinLink>()
        .AddSingleton<RecordAttendance>()
        .AddSingleton<ImportAttendance>();

    public static void MapJoining(this IEndpointRouteBuilder site)
    {
        JoinPages.Map(site);
        AttendanceApi.Map(site);
    }
}
