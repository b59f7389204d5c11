using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Hosting;

internal static class HostingRegistration
{
    // The clients are made when they are first asked for: wrong settings are to be reported all at once before that.
    public static IServiceCollection AddHosting(this IServiceCollection services) => services
        .AddSettings(StorageOptions.Section, StorageOptions.Read)
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateTableServiceClient())
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateQueueServiceClient())
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateBlobServiceClient())
        .AddSingleton<Storage>()
        .AddStorageHealth();
}
