using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// Whether the site can do its work: one light call to each service that it stands on, to the first thing that a feature
/// declared there. Unhealthy where that is missing, too.
/// </summary>
internal static class StorageHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddStorageHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<TablesCheck>("tables", timeout: Timeout)
            .AddCheck<QueuesCheck>("queues", timeout: Timeout)
            .AddCheck<BlobsCheck>("blobs", timeout: Timeout);
        return services;
    }

    private sealed class TablesCheck(Storage storage, IEnumerable<StorageResource> resources) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var table = storage.Table(resources.OfType<StorageResource.Table>().First().Name);
            await foreach (var _ in table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken)) break;
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class QueuesCheck(Storage storage, IEnumerable<StorageResource> resources) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await storage.Queue(resources.OfType<StorageResource.Queue>().First().Name).GetPropertiesAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class BlobsCheck(Storage storage, IEnumerable<StorageResource> resources) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await storage.Container(resources.OfType<StorageResource.Container>().First().Name).ExistsAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
