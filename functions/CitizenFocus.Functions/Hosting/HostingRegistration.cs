using Azure.Core.Pipeline;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Hosting;

internal static class HostingRegistration
{
    // The clients are made when they are first asked for: wrong settings are to be reported all at once before that. A
    // policy in the container sees each of their calls: by it, tests count them, and take away answers.
    public static IServiceCollection AddHosting(this IServiceCollection services) => services
        .AddSettings(StorageOptions.Section, StorageOptions.Read)
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateTableServiceClient(provider.GetService<HttpPipelinePolicy>()))
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateQueueServiceClient(provider.GetService<HttpPipelinePolicy>()))
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().CreateBlobServiceClient(provider.GetService<HttpPipelinePolicy>()))
        .AddSingleton<Storage>()
        .AddStorageHealth();
}
