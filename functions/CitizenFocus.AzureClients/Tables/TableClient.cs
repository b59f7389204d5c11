using System.Text.Json;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// One table. Safe for concurrent use. Entities are <see cref="TableEntity"/>: any other type gets a
/// <see cref="NotSupportedException"/>.
/// </summary>
/// <remarks>
/// Failed requests are retried as <see cref="ClientOptions.Retry"/> says, writes too: one whose answer was lost may
/// have been applied, and its retry then fails with 409 or 412.
/// </remarks>
public partial class TableClient
{
    private readonly TableRestClient _rest;

    /// <param name="connectionString">The account's; <c>UseDevelopmentStorage=true</c> is the emulator's.</param>
    /// <param name="tableName">3 to 63 letters and digits, the first a letter.</param>
    /// <exception cref="FormatException">The connection string is malformed; the message says how, without the key.</exception>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <inheritdoc cref="TableClient(string, string)"/>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableRestClient.Create(connectionString, options), tableName)
    {
    }

    /// <param name="endpoint">The account's, without the table: https://{account}.table.core.windows.net, say.</param>
    /// <param name="tableName">3 to 63 letters and digits, the first a letter.</param>
    /// <param name="credential">The account's name and key.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <inheritdoc cref="TableClient(Uri, string, TableSharedKeyCredential)"/>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TableRestClient.Create(endpoint, credential, options), tableName)
    {
    }

    /// <param name="endpoint">The account's, without the table; https only.</param>
    /// <param name="tableName">3 to 63 letters and digits, the first a letter.</param>
    /// <param name="tokenCredential">Gets Microsoft Entra tokens for the storage service.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableRestClient.Create(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <summary>For doubles in tests.</summary>
    protected TableClient()
    {
        _rest = null!;
        Name = null!;
        Uri = null!;
    }

    internal TableClient(TableRestClient rest, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _rest = rest;
        Name = tableName;
        Uri = new Uri($"{rest.Endpoint.AbsoluteUri.TrimEnd('/')}/{tableName}");
    }

    /// <summary>The table's name.</summary>
    public virtual string Name { get; }

    /// <summary>The table's address.</summary>
    public virtual Uri Uri { get; }

    public virtual string AccountName => _rest.AccountName;

    /// <summary>Creates the table.</summary>
    /// <exception cref="RequestFailedException">409 TableAlreadyExists, 409 TableBeingDeleted.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/create-table</remarks>
    public virtual Task<Response<Models.TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        CreateAsync(Expected.Created, cancellationToken);

    /// <summary>Creates the table where there is none of the name.</summary>
    /// <returns>The status is 409 where the table was there.</returns>
    /// <exception cref="RequestFailedException">409 TableBeingDeleted: for about 40 seconds after a table of the name was deleted.</exception>
    public virtual async Task<Response<Models.TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await CreateAsync(Expected.CreatedOrConflict, cancellationToken).ConfigureAwait(false);
        return TableErrorParser.CodeOf(response.GetRawResponse()) == Models.TableErrorCode.TableBeingDeleted
            ? throw new RequestFailedException(response.GetRawResponse())
            : response;
    }

    /// <summary>Deletes the table with all it holds. The name can be used again only about 40 seconds later.</summary>
    /// <returns>The status is 404 where there was none.</returns>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-table</remarks>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = _rest.CreateMessage(RequestMethod.Delete, $"/Tables('{Name}')", Expected.NoContentOrNotFound);
        return await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A filter from an interpolated string, each value quoted, escaped and typed as the service wants it.</summary>
    /// <param name="filter">
    /// <c>$"PartitionKey eq {slug} and Start ge {instant}"</c>, say. Values: string, char, bool, numbers, DateTime,
    /// DateTimeOffset, Guid, byte[], BinaryData and null.
    /// </param>
    /// <exception cref="ArgumentException">A value is of another type.</exception>
    public static string CreateQueryFilter(FormattableString filter) => ODataFilter.Create(filter)!;

    /// <summary>The entity as the one type that is mapped without reflection.</summary>
    /// <exception cref="NotSupportedException">It is of another type.</exception>
    internal static TableEntity Supported(ITableEntity? entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity as TableEntity ?? throw Unsupported(entity.GetType());
    }

    private static NotSupportedException Unsupported(Type type) =>
        new($"{type} is not supported: this client maps {nameof(TableEntity)} only, without reflection.");

    private async Task<Response<Models.TableItem>> CreateAsync(ResponseClassifier expected, CancellationToken cancellationToken)
    {
        var body = new PooledBufferWriter(128);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("TableName"u8, Name);
            json.WriteEndObject();
        }

        using var message = _rest.CreateMessage(RequestMethod.Post, "/Tables", expected, body);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        var response = await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(new Models.TableItem(Name), response);
    }
}
