using Azure.Core.Pipeline;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Logging.Console;

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
        .AddSingleton<ICommand, CreateStorage>()
        .AddStorageHealth()
        .AddTelemetry()
        .AddSingleton<IWatch, QueuesWatch>()
        .AddSingleton<WatchSite>();

    public static void MapHosting(this IEndpointRouteBuilder site) => site.MapTimerFunction<WatchSite>(WatchSite.FunctionName);

    // The console is what the Functions host reads. The framework's lines about each request would hold tokens and addresses.
    private static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<ConsoleFormatter, HostConsoleFormatter>()
        .Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = HostConsoleFormatter.FormatterName;
            console.LogToStandardErrorThreshold = HostConsoleFormatter.ToStandardError;
        })
        .AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning))
        .AddSingleton(provider => TelemetryOptions.Read(provider.GetRequiredService<IConfiguration>()))
        .AddHostedService<TelemetryExport>();
}
