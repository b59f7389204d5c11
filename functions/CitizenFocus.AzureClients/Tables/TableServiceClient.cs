using System.Text.Json;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// The table service of a storage account. Safe for concurrent use; one an application is enough.
/// https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
/// </summary>
public class TableServiceClient
{
    private readonly TableRestClient _rest;

    /// <param name="connectionString">The account's; <c>UseDevelopmentStorage=true</c> is the emulator's.</param>
    /// <exception cref="FormatException">It is malformed; the message says how, without the key.</exception>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(string)"/>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) =>
        _rest = TableRestClient.Create(connectionString, options);

    /// <param name="endpoint">https://{account}.table.core.windows.net, say.</param>
    /// <param name="credential">The account's name and key.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, TableSharedKeyCredential)"/>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options) =>
        _rest = TableRestClient.Create(endpoint, credential, options);

    /// <param name="endpoint">https://{account}.table.core.windows.net, say; https only.</param>
    /// <param name="tokenCredential">Gets Microsoft Entra tokens for the storage service.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) =>
        _rest = TableRestClient.Create(endpoint, tokenCredential, options);

    /// <summary>For doubles in tests.</summary>
    protected TableServiceClient() => _rest = null!;

    public virtual string AccountName => _rest.AccountName;

    public virtual Uri Uri => _rest.Endpoint;

    /// <summary>A client of one table, on the same connections; makes no request.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(_rest, tableName);

    /// <summary>Creates the table where there is none of the name.</summary>
    /// <returns>The status is 409 where the table was there.</returns>
    /// <exception cref="RequestFailedException">409 TableBeingDeleted: for about 40 seconds after a table of the name was deleted.</exception>
    public virtual Task<Response<Models.TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes the table with all it holds. The name can be used again only about 40 seconds later.</summary>
    /// <returns>The status is 404 where there was none.</returns>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>The account's tables in the order of their names.</summary>
    /// <param name="filter">OData, <c>TableName eq 'webinars'</c> say; null for all.</param>
    /// <param name="maxPerPage">1 to 1,000.</param>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/query-tables</remarks>
    public virtual AsyncPageable<Models.TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TablePageable<Models.TableItem>((next, size, token) => GetPageAsync(filter, next, size, token), maxPerPage, cancellationToken);

    private async Task<Page<Models.TableItem>> GetPageAsync(string? filter, string? nextTable, int? size, CancellationToken cancellationToken)
    {
        ServiceLimits.CheckPageSize(size);
        using var message = _rest.CreateMessage(RequestMethod.Get, "/Tables", Expected.Ok);
        message.Request.Uri.AppendQueryWhereSet("$filter", filter);
        message.Request.Uri.AppendQueryWhereSet("$top", size);
        message.Request.Uri.AppendQueryWhereSet("NextTableName", nextTable);

        var response = await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
        response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var continuation);
        return Page<Models.TableItem>.FromValues(ReadTables(response.Content.ToMemory()), continuation, response);
    }

    private static Models.TableItem[] ReadTables(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("value"u8).EnumerateArray()
            .Select(table => new Models.TableItem(table.GetProperty("TableName"u8).GetString()!))];
    }
}
