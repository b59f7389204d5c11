using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <content>Queries.</content>
public partial class TableClient
{
    /// <summary>The entities that a filter lets through, in the order of their keys.</summary>
    /// <param name="filter">OData, from <see cref="CreateQueryFilter(FormattableString)"/>; null for all.</param>
    /// <param name="maxPerPage">1 to 1,000.</param>
    /// <param name="select">The properties to read, the keys among them where wanted; null for all.</param>
    /// <returns>
    /// Follows the service's continuations. A page ends at 1,000 rows, after five seconds, or where a partition's server
    /// does, and may be empty. A page's continuation token is good for another process as well.
    /// </returns>
    /// <remarks>
    /// https://learn.microsoft.com/rest/api/storageservices/query-entities
    /// https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination
    /// </remarks>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        ThrowUnlessSupported<T>();
        var properties = Joined(select);
        return new TablePageable<T>((next, size, token) => GetPageAsync<T>(filter, properties, next, size, token), maxPerPage, cancellationToken);
    }

    private async Task<Page<T>> GetPageAsync<T>(string? filter, string? select, string? continuation, int? size, CancellationToken cancellationToken)
    {
        ServiceLimits.CheckPageSize(size);
        using var message = _rest.CreateMessage(RequestMethod.Get, $"/{Name}()", Expected.Ok);
        var uri = message.Request.Uri;
        uri.AppendQueryWhereSet("$filter", filter);
        uri.AppendQueryWhereSet("$select", select);
        uri.AppendQueryWhereSet("$top", size);
        if (continuation is not null)
        {
            // As the official SDK writes it: "{NextPartitionKey} {NextRowKey}"; neither has a space, and the second may lack.
            var keys = continuation.Split(' ', 2);
            uri.AppendQueryWhereSet("NextPartitionKey", keys[0]);
            uri.AppendQueryWhereSet("NextRowKey", keys.ElementAtOrDefault(1));
        }

        var response = await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var entities = (IReadOnlyList<T>)(object)EntityReader.ReadPage(response.Content.ToMemory().Span);
        return Page<T>.FromValues(entities, ContinuationOf(response), response);
    }

    private static string? ContinuationOf(Response response) =>
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partitionKey)
            ? response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var rowKey) ? $"{partitionKey} {rowKey}" : partitionKey
            : null;
}
