using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>An account's blob service. Safe for use by several threads; meant to live as long as the process.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api</remarks>
public class BlobServiceClient
{
    private readonly BlobClientConfiguration _configuration;

    /// <summary>For tests that override members.</summary>
    protected BlobServiceClient()
    {
        _configuration = null!;
        Uri = null!;
        AccountName = null!;
    }

    /// <inheritdoc cref="BlobServiceClient(string, BlobClientOptions)"/>
    public BlobServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">With the account's key.</param>
    /// <param name="options">Transport, retries.</param>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public BlobServiceClient(string connectionString, BlobClientOptions? options)
        : this(StorageConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="serviceUri">Such as <c>https://{account}.blob.core.windows.net</c>.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Transport, retries.</param>
    public BlobServiceClient(Uri serviceUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null)
        : this(serviceUri, BlobClientConfiguration.Create(options, credential))
    {
    }

    /// <inheritdoc cref="BlobServiceClient(Uri, StorageSharedKeyCredential, BlobClientOptions)"/>
    /// <exception cref="ArgumentException">The address is not HTTPS.</exception>
    public BlobServiceClient(Uri serviceUri, TokenCredential credential, BlobClientOptions? options = null)
        : this(serviceUri, BlobClientConfiguration.Create(options, credential, serviceUri))
    {
    }

    private BlobServiceClient(StorageConnectionString connection, BlobClientOptions? options)
        : this(connection.BlobEndpoint, new StorageSharedKeyCredential(connection.AccountName, connection.AccountKey), options)
    {
    }

    private BlobServiceClient(Uri serviceUri, BlobClientConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(serviceUri);
        _configuration = configuration;
        Uri = serviceUri;
        AccountName = configuration.AccountNameOf(serviceUri);
    }

    /// <summary>The service's address.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName { get; }

    /// <summary>A client of one container, which need not exist; nothing is sent.</summary>
    public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName)
    {
        ArgumentException.ThrowIfNullOrEmpty(blobContainerName);
        var address = StorageAccounts.Append(Uri, Uri.EscapeDataString(blobContainerName));
        return new BlobContainerClient(address, blobContainerName, _configuration);
    }

    /// <inheritdoc cref="GetUserDelegationKeyAsync(BlobGetUserDelegationKeyOptions, CancellationToken)"/>
    public virtual Task<Response<UserDelegationKey>> GetUserDelegationKeyAsync(
        DateTimeOffset? startsOn, DateTimeOffset expiresOn, CancellationToken cancellationToken) =>
        GetUserDelegationKeyAsync(new BlobGetUserDelegationKeyOptions(expiresOn) { StartsOn = startsOn }, cancellationToken);

    /// <summary>Gets a key that signs shared access signatures in the name of the client's Entra ID identity.</summary>
    /// <exception cref="RequestFailedException">403: the client has an account key, or its identity may not.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key</remarks>
    public virtual async Task<Response<UserDelegationKey>> GetUserDelegationKeyAsync(
        BlobGetUserDelegationKeyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var message = CreateUserDelegationKeyMessage(options);
        var response = await _configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(UserDelegationKeyXml.Read(response.Content), response),
            _ => throw new RequestFailedException(response),
        };
    }

    private HttpMessage CreateUserDelegationKeyMessage(BlobGetUserDelegationKeyOptions options)
    {
        var message = _configuration.CreateMessage(RequestMethod.Post, Uri);
        message.Request.Uri.AppendQuery("restype", "service");
        message.Request.Uri.AppendQuery("comp", "userdelegationkey");
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(UserDelegationKeyXml.Write(options));
        return message;
    }
}
