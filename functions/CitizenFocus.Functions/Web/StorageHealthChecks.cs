using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CitizenFocus.Functions.Web;

/// <summary>Whether the site can do its work: one light call to each service that it stands on.</summary>
internal static class StorageHealthChecks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddStorageHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<TablesCheck>("tables", timeout: Timeout)
            .AddCheck<QueuesCheck>("queues", timeout: Timeout)
            .AddCheck<BlobsCheck>("blobs", timeout: Timeout);
        return services;
    }
}

/// <summary>Unhealthy where the table is missing too: without it there is no webinar to show.</summary>
internal sealed class TablesCheck(TableServiceClient tables) : IHealthCheck
{
    private const string Table = "Webinars";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await foreach (var _ in tables.GetTableClient(Table).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken)) break;
        return HealthCheckResult.Healthy();
    }
}

/// <summary>Unhealthy where the queue is missing too: a registration begins by announcing itself on it.</summary>
internal sealed class QueuesCheck(QueueServiceClient queues) : IHealthCheck
{
    private const string Queue = "webinars";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await queues.GetQueueClient(Queue).GetPropertiesAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>Any answer will do: a container is made with its first document.</summary>
internal sealed class BlobsCheck(BlobServiceClient blobs) : IHealthCheck
{
    private const string Container = "documents";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await blobs.GetBlobContainerClient(Container).ExistsAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
