using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.People;

internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(Suppressions.TableName))
        .AddSingleton<PersonIds>()
        .AddSingleton<Suppressions>();
}
