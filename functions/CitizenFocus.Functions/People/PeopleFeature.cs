namespace CitizenFocus.Functions.People;

internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddSingleton<PersonIds>();
}
