using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>
/// One container. Every failure is a <see cref="RequestFailedException"/> with the service's status and error code.
/// Safe for use by several threads.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/operations-on-containers</remarks>
public partial class BlobContainerClient
{
    private readonly BlobClientConfiguration _configuration;

    /// <summary>For tests that override members.</summary>
    protected BlobContainerClient()
    {
        _configuration = null!;
        Uri = null!;
        Name = null!;
        AccountName = null!;
    }

    /// <inheritdoc cref="BlobContainerClient(string, string, BlobClientOptions)"/>
    public BlobContainerClient(string connectionString, string blobContainerName)
        : this(connectionString, blobContainerName, null)
    {
    }

    /// <param name="connectionString">With the account's key.</param>
    /// <param name="blobContainerName">3 to 63 lower-case letters, digits and single hyphens; checked when it is used.</param>
    /// <param name="options">Transport, retries.</param>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public BlobContainerClient(string connectionString, string blobContainerName, BlobClientOptions? options)
        : this(new BlobServiceClient(connectionString, options).GetBlobContainerClient(blobContainerName))
    {
    }

    /// <param name="blobContainerUri">Such as <c>https://{account}.blob.core.windows.net/{container}</c>, with or without a signature.</param>
    /// <param name="options">Transport, retries.</param>
    public BlobContainerClient(Uri blobContainerUri, BlobClientOptions? options = null)
        : this(blobContainerUri, BlobClientConfiguration.Create(options))
    {
    }

    /// <param name="blobContainerUri">Such as <c>https://{account}.blob.core.windows.net/{container}</c>.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Transport, retries.</param>
    public BlobContainerClient(Uri blobContainerUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null)
        : this(blobContainerUri, BlobClientConfiguration.Create(options, credential))
    {
    }

    /// <inheritdoc cref="BlobContainerClient(Uri, StorageSharedKeyCredential, BlobClientOptions)"/>
    /// <exception cref="ArgumentException">The address is not HTTPS.</exception>
    public BlobContainerClient(Uri blobContainerUri, TokenCredential credential, BlobClientOptions? options = null)
        : this(blobContainerUri, BlobClientConfiguration.Create(options, credential, blobContainerUri))
    {
    }

    internal BlobContainerClient(Uri blobContainerUri, string name, BlobClientConfiguration configuration)
    {
        _configuration = configuration;
        Uri = blobContainerUri;
        Name = name;
        AccountName = configuration.AccountNameOf(blobContainerUri);
    }

    private BlobContainerClient(Uri blobContainerUri, BlobClientConfiguration configuration)
        : this(blobContainerUri, StorageAccounts.ResourceOf(blobContainerUri, parts: 1).FirstOrDefault() ?? "", configuration)
    {
    }

    private BlobContainerClient(BlobContainerClient other)
        : this(other.Uri, other.Name, other._configuration)
    {
    }

    /// <summary>The container's address.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName { get; }

    /// <summary>The container's name.</summary>
    public virtual string Name { get; }

    /// <summary>A client of one blob, which need not exist; nothing is sent.</summary>
    /// <param name="blobName">1 to 1,024 characters, case-sensitive; slashes make folders.</param>
    /// <exception cref="ArgumentException">It is empty, or a part of it is <c>.</c> or <c>..</c>.</exception>
    public virtual BlobClient GetBlobClient(string blobName)
    {
        ArgumentException.ThrowIfNullOrEmpty(blobName);
        var name = blobName.TrimStart('/');
        return new BlobClient(StorageAccounts.Append(Uri, BlobNames.Escape(name)), Name, name, _configuration);
    }

    /// <summary>Creates the container.</summary>
    /// <exception cref="RequestFailedException">409, ContainerAlreadyExists or ContainerBeingDeleted.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/create-container</remarks>
    public virtual async Task<Response<BlobContainerInfo>> CreateAsync(
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string>? metadata = null,
        BlobContainerEncryptionScopeOptions? encryptionScopeOptions = null,
        CancellationToken cancellationToken = default)
    {
        using var message = CreateCreateMessage(publicAccessType, metadata, encryptionScopeOptions);
        var response = await _configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            201 => Response.FromValue(new BlobContainerInfo(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Creates the container where there is none.</summary>
    /// <returns><see langword="null"/> where the container was there already.</returns>
    public virtual async Task<Response<BlobContainerInfo>?> CreateIfNotExistsAsync(
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string>? metadata = null,
        BlobContainerEncryptionScopeOptions? encryptionScopeOptions = null,
        CancellationToken cancellationToken = default)
    {
        using var message = CreateCreateMessage(publicAccessType, metadata, encryptionScopeOptions);
        var response = await _configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            201 => Response.FromValue(new BlobContainerInfo(response.Headers), response),
            409 when BlobHeaders.ErrorCodeOf(response) == "ContainerAlreadyExists" => null,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Whether the container is there.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-container-properties</remarks>
    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Head);
        var response = await _configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(true, response),
            404 when BlobHeaders.ErrorCodeOf(response) == "ContainerNotFound" => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the container with its blobs. For about 30 seconds its name cannot be used again.</summary>
    /// <exception cref="RequestFailedException">404, ContainerNotFound; 412.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-container</remarks>
    public virtual async Task<Response> DeleteAsync(
        BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        var response = await SendDeleteAsync(conditions, cancellationToken);
        return response.Status switch
        {
            202 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the container where it is there.</summary>
    /// <returns>Whether it was.</returns>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(
        BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        var response = await SendDeleteAsync(conditions, cancellationToken);
        return response.Status switch
        {
            202 => Response.FromValue(true, response),
            404 when BlobHeaders.ErrorCodeOf(response) == "ContainerNotFound" => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    private HttpMessage CreateCreateMessage(
        PublicAccessType access, IDictionary<string, string>? metadata, BlobContainerEncryptionScopeOptions? encryption)
    {
        var message = CreateMessage(RequestMethod.Put);
        var headers = message.Request.Headers;
        headers.SetMetadata(metadata);
        headers.SetIfPresent("x-ms-blob-public-access", access switch
        {
            PublicAccessType.BlobContainer => "container",
            PublicAccessType.Blob => "blob",
            _ => null,
        });
        if (encryption?.DefaultEncryptionScope is { } scope)
        {
            headers.SetValue("x-ms-default-encryption-scope", scope);
            headers.SetValue("x-ms-deny-encryption-scope-override", encryption.PreventEncryptionScopeOverride ? "true" : "false");
        }

        return message;
    }

    private async Task<Response> SendDeleteAsync(BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Delete);
        message.Request.Headers.SetConditions(conditions);
        return await _configuration.SendAsync(message, cancellationToken);
    }

    private HttpMessage CreateMessage(RequestMethod method)
    {
        BlobNames.CheckContainer(Name);
        var message = _configuration.CreateMessage(method, Uri);
        message.Request.Uri.AppendQuery("restype", "container");
        return message;
    }
}
