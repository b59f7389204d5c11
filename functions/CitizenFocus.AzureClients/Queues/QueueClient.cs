using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Queues.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <summary>
/// One queue. Every failure is a <see cref="RequestFailedException"/> with the service's status and error code.
/// Safe for use by several threads.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/operations-on-queues</remarks>
public partial class QueueClient
{
    private readonly QueueClientConfiguration _configuration;

    /// <summary>For tests that override members.</summary>
    protected QueueClient()
    {
        _configuration = null!;
        Uri = null!;
        Name = null!;
        AccountName = null!;
    }

    /// <inheritdoc cref="QueueClient(string, string, QueueClientOptions)"/>
    public QueueClient(string connectionString, string queueName)
        : this(connectionString, queueName, null)
    {
    }

    /// <param name="connectionString">With the account's key.</param>
    /// <param name="queueName">3 to 63 lower-case letters, digits and single hyphens; checked when it is used.</param>
    /// <param name="options">Transport, retries, message encoding.</param>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public QueueClient(string connectionString, string queueName, QueueClientOptions? options)
        : this(new QueueServiceClient(connectionString, options).GetQueueClient(queueName))
    {
    }

    /// <param name="queueUri">Such as <c>https://{account}.queue.core.windows.net/{queue}</c>.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Transport, retries, message encoding.</param>
    public QueueClient(Uri queueUri, StorageSharedKeyCredential credential, QueueClientOptions? options = null)
        : this(queueUri, QueueClientConfiguration.Create(options, credential))
    {
    }

    /// <inheritdoc cref="QueueClient(Uri, StorageSharedKeyCredential, QueueClientOptions)"/>
    /// <exception cref="ArgumentException">The address is not HTTPS.</exception>
    public QueueClient(Uri queueUri, TokenCredential credential, QueueClientOptions? options = null)
        : this(queueUri, QueueClientConfiguration.Create(options, credential, queueUri))
    {
    }

    internal QueueClient(Uri queueUri, string queueName, string accountName, QueueClientConfiguration configuration)
    {
        _configuration = configuration;
        Uri = queueUri;
        Name = queueName;
        AccountName = accountName;
    }

    private QueueClient(Uri queueUri, QueueClientConfiguration configuration)
        : this(
            queueUri,
            StorageAccounts.ResourceOf(queueUri, parts: 1).FirstOrDefault() ?? "",
            configuration.AccountName ?? StorageAccounts.NameOf(queueUri),
            configuration)
    {
    }

    private QueueClient(QueueClient other)
        : this(other.Uri, other.Name, other.AccountName, other._configuration)
    {
    }

    /// <summary>The queue's address.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The queue's name.</summary>
    public virtual string Name { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName { get; }

    /// <summary>Messages that one call receives or peeks at most.</summary>
    public virtual int MaxPeekableMessages => 32;

    /// <summary>Bytes of a message at most, after its encoding: 64 KiB.</summary>
    public virtual int MessageMaxBytes => 64 * 1024;

    /// <summary>Creates the queue; one that exists with the same metadata is left as it is.</summary>
    /// <exception cref="RequestFailedException">409, QueueAlreadyExists: with other metadata.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/create-queue4</remarks>
    public virtual async Task<Response> CreateAsync(
        IDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Put);
        message.Request.Headers.SetMetadata(metadata);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            201 or 204 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Creates the queue where there is none.</summary>
    /// <returns><see langword="null"/> where the queue was there already, with whatever metadata.</returns>
    public virtual async Task<Response?> CreateIfNotExistsAsync(
        IDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Put);
        message.Request.Headers.SetMetadata(metadata);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            201 => response,
            204 => null,
            409 when ErrorCodeOf(response) == "QueueAlreadyExists" => null,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Whether the queue is there.</summary>
    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await GetMetadataAsync(cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(true, response),
            404 when ErrorCodeOf(response) == "QueueNotFound" => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>The queue's metadata, and about how many messages it has.</summary>
    /// <exception cref="RequestFailedException">404, QueueNotFound.</exception>
    public virtual async Task<Response<QueueProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default)
    {
        var response = await GetMetadataAsync(cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(QueueProperties.From(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the queue with its messages. For about 30 seconds its name cannot be used again.</summary>
    /// <exception cref="RequestFailedException">404, QueueNotFound.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-queue3</remarks>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Delete);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            204 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the queue where it is there.</summary>
    /// <returns>Whether it was.</returns>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Delete);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            204 => Response.FromValue(true, response),
            404 when ErrorCodeOf(response) == "QueueNotFound" => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-queue-metadata</remarks>
    private async Task<Response> GetMetadataAsync(CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Get);
        message.Request.Uri.AppendQuery("comp", "metadata");
        return await SendAsync(message, cancellationToken);
    }

    private HttpMessage CreateMessage(RequestMethod method, string path = "")
    {
        StorageNames.Check(Name);
        var message = _configuration.Pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(Uri);
        message.Request.Uri.AppendPath(path, escape: false);
        message.Request.Headers.SetValue("x-ms-version", StoragePipeline.ServiceVersion);
        message.Request.Headers.SetValue("Accept", "application/xml");
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _configuration.Pipeline.SendAsync(message, cancellationToken);
        return message.Response;
    }

    private static string? ErrorCodeOf(Response response) => response.Headers.GetString("x-ms-error-code");
}
