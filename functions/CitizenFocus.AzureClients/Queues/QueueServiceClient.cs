using Azure.Core;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <summary>An account's queue service. Safe for use by several threads; meant to live as long as the process.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api</remarks>
public class QueueServiceClient
{
    private readonly QueueClientConfiguration _configuration;

    /// <summary>For tests that override members.</summary>
    protected QueueServiceClient()
    {
        _configuration = null!;
        Uri = null!;
        AccountName = null!;
    }

    /// <inheritdoc cref="QueueServiceClient(string, QueueClientOptions)"/>
    public QueueServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">With the account's key.</param>
    /// <param name="options">Transport, retries, message encoding.</param>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public QueueServiceClient(string connectionString, QueueClientOptions? options)
        : this(StorageConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="serviceUri">Such as <c>https://{account}.queue.core.windows.net</c>.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Transport, retries, message encoding.</param>
    public QueueServiceClient(Uri serviceUri, StorageSharedKeyCredential credential, QueueClientOptions? options = null)
        : this(serviceUri, QueueClientConfiguration.Create(options, credential))
    {
    }

    /// <inheritdoc cref="QueueServiceClient(Uri, StorageSharedKeyCredential, QueueClientOptions)"/>
    /// <exception cref="ArgumentException">The address is not HTTPS.</exception>
    public QueueServiceClient(Uri serviceUri, TokenCredential credential, QueueClientOptions? options = null)
        : this(serviceUri, QueueClientConfiguration.Create(options, credential, serviceUri))
    {
    }

    private QueueServiceClient(StorageConnectionString connection, QueueClientOptions? options)
        : this(connection.QueueEndpoint, new StorageSharedKeyCredential(connection.AccountName, connection.AccountKey), options)
    {
    }

    private QueueServiceClient(Uri serviceUri, QueueClientConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(serviceUri);
        _configuration = configuration;
        Uri = serviceUri;
        AccountName = configuration.AccountName ?? StorageAccounts.NameOf(serviceUri);
    }

    /// <summary>The service's address.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName { get; }

    /// <summary>A client of one queue, which need not exist; nothing is sent.</summary>
    public virtual QueueClient GetQueueClient(string queueName)
    {
        ArgumentException.ThrowIfNullOrEmpty(queueName);
        return new QueueClient(StorageAccounts.Append(Uri, Uri.EscapeDataString(queueName)), queueName, AccountName, _configuration);
    }
}
