namespace CitizenFocus.Functions.Hosting;

internal static class HostingRegistration
{
    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        var options = StorageOptions.From(configuration);
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton(_ => options.CreateTableServiceClient())
            .AddSingleton(_ => options.CreateQueueServiceClient())
            .AddSingleton(_ => options.CreateBlobServiceClient())
            .AddSingleton<Storage>();
    }
}
