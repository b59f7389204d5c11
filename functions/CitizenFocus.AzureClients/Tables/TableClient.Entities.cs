using System.Text.Json;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <content>One entity at a time.</content>
public partial class TableClient
{
    /// <summary>Reads an entity.</summary>
    /// <param name="select">The properties to read, the keys among them where wanted; null for all.</param>
    /// <exception cref="RequestFailedException">404 ResourceNotFound, TableNotFound.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/query-entities</remarks>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync<T>(partitionKey, rowKey, select, Expected.Ok, cancellationToken).ConfigureAwait(false);
        return Read<T>(response);
    }

    /// <summary>Reads an entity where there is one.</summary>
    /// <param name="select">The properties to read, the keys among them where wanted; null for all.</param>
    /// <returns>Without a value where there is no such entity, or no such table.</returns>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await GetAsync<T>(partitionKey, rowKey, select, Expected.OkOrNotFound, cancellationToken).ConfigureAwait(false);
        return response.Status == 404 ? new NoValueResponse<T>(response) : Read<T>(response);
    }

    /// <summary>Inserts an entity.</summary>
    /// <returns>The header ETag is the new row's version.</returns>
    /// <exception cref="RequestFailedException">409 EntityAlreadyExists, 404 TableNotFound, 400 for what <see cref="ServiceLimits"/> lists.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/insert-entity</remarks>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = CreateWrite(RequestMethod.Post, $"/{Name}", Supported(entity), Expected.Created);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts an entity, or merges it into the one that is there, or replaces that, whatever its version.</summary>
    /// <returns>The header ETag is the row's new version.</returns>
    /// <exception cref="RequestFailedException">404 TableNotFound, 400 for what <see cref="ServiceLimits"/> lists.</exception>
    /// <remarks>
    /// https://learn.microsoft.com/rest/api/storageservices/insert-or-merge-entity
    /// https://learn.microsoft.com/rest/api/storageservices/insert-or-replace-entity
    /// </remarks>
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = CreateWrite(MethodOf(mode), PathOf(Supported(entity)), Supported(entity), Expected.NoContent);
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Merges into an entity, or replaces it, on condition of its version.</summary>
    /// <param name="ifMatch">The version that the row must have; <see cref="ETag.All"/> for any.</param>
    /// <returns>The header ETag is the row's new version.</returns>
    /// <exception cref="ArgumentException"><paramref name="ifMatch"/> is default: the service would insert where there is no row.</exception>
    /// <exception cref="RequestFailedException">
    /// 412 UpdateConditionNotSatisfied, 404 ResourceNotFound, 400 for what <see cref="ServiceLimits"/> lists.
    /// </exception>
    /// <remarks>
    /// https://learn.microsoft.com/rest/api/storageservices/merge-entity
    /// https://learn.microsoft.com/rest/api/storageservices/update-entity2
    /// </remarks>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
        {
            throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        }

        using var message = CreateWrite(MethodOf(mode), PathOf(Supported(entity)), Supported(entity), Expected.NoContent);
        message.Request.Headers.SetValue("If-Match", ifMatch.ToString());
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an entity.</summary>
    /// <param name="ifMatch">The version that the row must have; default and <see cref="ETag.All"/> are any.</param>
    /// <returns>The status is 404 where there was none.</returns>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-entity1</remarks>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = _rest.CreateMessage(RequestMethod.Delete, PathOf(partitionKey, rowKey), Expected.NoContentOrNotFound);
        message.Request.Headers.SetValue("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    /// <param name="entity">Its keys are looked at, its ETag is not.</param>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    private static RequestMethod MethodOf(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => RequestMethod.Patch,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentException($"{mode} is no update mode.", nameof(mode)),
    };

    private static Response<T> Read<T>(Response response)
        where T : class, ITableEntity =>
        Response.FromValue((T)(ITableEntity)EntityReader.ReadEntity(response.Content.ToMemory().Span), response);

    private string PathOf(TableEntity entity) => PathOf(entity.PartitionKey, entity.RowKey);

    private string PathOf(string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        ServiceLimits.CheckKey(nameof(TableEntity.PartitionKey), partitionKey);
        ServiceLimits.CheckKey(nameof(TableEntity.RowKey), rowKey);
        return $"/{Name}{EntityPath.Of(partitionKey, rowKey)}";
    }

    private async ValueTask<Response> GetAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select, ResponseClassifier expected, CancellationToken cancellationToken)
    {
        ThrowUnlessSupported<T>();
        using var message = _rest.CreateMessage(RequestMethod.Get, PathOf(partitionKey, rowKey), expected);
        message.Request.Uri.AppendQueryWhereSet("$select", Joined(select));
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private static string? Joined(IEnumerable<string>? select) => select is null ? null : string.Join(',', select);

    private static void ThrowUnlessSupported<T>()
    {
        if (typeof(T) != typeof(TableEntity))
        {
            throw Unsupported(typeof(T));
        }
    }

    private HttpMessage CreateWrite(RequestMethod method, string path, TableEntity entity, ResponseClassifier expected)
    {
        var body = new PooledBufferWriter(1024);
        using (var json = new Utf8JsonWriter(body, EntityWriter.JsonOptions))
        {
            EntityWriter.Write(json, entity);
        }

        return _rest.CreateMessage(method, path, expected, body);
    }
}
