using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Blobs.Specialized;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>
/// One blob. Every failure is a <see cref="RequestFailedException"/> with the service's status and error code.
/// Safe for use by several threads.
/// </summary>
public class BlobClient : BlobBaseClient
{
    /// <summary>For tests that override members.</summary>
    protected BlobClient()
    {
    }

    /// <inheritdoc cref="BlobClient(string, string, string, BlobClientOptions)"/>
    public BlobClient(string connectionString, string blobContainerName, string blobName)
        : this(connectionString, blobContainerName, blobName, null)
    {
    }

    /// <param name="connectionString">With the account's key.</param>
    /// <param name="blobContainerName">The container's name.</param>
    /// <param name="blobName">1 to 1,024 characters, case-sensitive; slashes make folders.</param>
    /// <param name="options">Transport, retries.</param>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public BlobClient(string connectionString, string blobContainerName, string blobName, BlobClientOptions? options)
        : this(new BlobContainerClient(connectionString, blobContainerName, options).GetBlobClient(blobName))
    {
    }

    /// <param name="blobUri">Such as <c>https://{account}.blob.core.windows.net/{container}/{blob}</c>, with or without a signature.</param>
    /// <param name="options">Transport, retries.</param>
    public BlobClient(Uri blobUri, BlobClientOptions? options = null)
        : this(blobUri, StorageAccounts.ResourceOf(blobUri, parts: 2), BlobClientConfiguration.Create(options))
    {
    }

    /// <param name="blobUri">Such as <c>https://{account}.blob.core.windows.net/{container}/{blob}</c>.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Transport, retries.</param>
    public BlobClient(Uri blobUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null)
        : this(blobUri, StorageAccounts.ResourceOf(blobUri, parts: 2), BlobClientConfiguration.Create(options, credential))
    {
    }

    /// <inheritdoc cref="BlobClient(Uri, StorageSharedKeyCredential, BlobClientOptions)"/>
    /// <exception cref="ArgumentException">The address is not HTTPS.</exception>
    public BlobClient(Uri blobUri, TokenCredential credential, BlobClientOptions? options = null)
        : this(blobUri, StorageAccounts.ResourceOf(blobUri, parts: 2), BlobClientConfiguration.Create(options, credential, blobUri))
    {
    }

    internal BlobClient(Uri blobUri, string blobContainerName, string blobName, BlobClientConfiguration configuration)
        : base(blobUri, blobContainerName, blobName, configuration)
    {
    }

    private BlobClient(Uri blobUri, string[] resource, BlobClientConfiguration configuration)
        : this(blobUri, resource.ElementAtOrDefault(0) ?? "", resource.ElementAtOrDefault(1) ?? "", configuration)
    {
    }

    private BlobClient(BlobClient other)
        : this(other.Uri, other.BlobContainerName, other.Name, other.Configuration)
    {
    }

    /// <inheritdoc cref="UploadAsync(Stream, bool, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content) => UploadAsync(content, overwrite: false);

    /// <inheritdoc cref="UploadAsync(Stream, bool, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content) => UploadAsync(content, overwrite: false);

    /// <inheritdoc cref="UploadAsync(Stream, bool, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, CancellationToken cancellationToken) =>
        UploadAsync(content, overwrite: false, cancellationToken);

    /// <inheritdoc cref="UploadAsync(Stream, bool, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content, CancellationToken cancellationToken) =>
        UploadAsync(content, overwrite: false, cancellationToken);

    /// <inheritdoc cref="UploadAsync(Stream, BlobUploadOptions, CancellationToken)"/>
    /// <param name="content">Read from where it stands to its end, and left open.</param>
    /// <param name="overwrite">Whether to replace a blob that is there.</param>
    /// <param name="cancellationToken">Gives up; the blob is as it was, or has become this one.</param>
    /// <exception cref="RequestFailedException">409, BlobAlreadyExists; 404, ContainerNotFound.</exception>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        Stream content, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(content, OptionsFor(overwrite), cancellationToken);

    /// <inheritdoc cref="UploadAsync(Stream, bool, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(content, OptionsFor(overwrite), cancellationToken);

    /// <summary>
    /// Makes the content the blob, all at once: nobody ever reads a part of it. Content that is long, or whose length
    /// is not known, goes in blocks, so that only a few are in memory.
    /// </summary>
    /// <param name="content">Read from where it stands to its end, and left open.</param>
    /// <param name="options">Headers, metadata, conditions; without conditions a blob that is there is replaced.</param>
    /// <param name="cancellationToken">Gives up; the blob is as it was, or has become this one.</param>
    /// <exception cref="RequestFailedException">
    /// 404, ContainerNotFound; 412, ConditionNotMet; 409, BlobAlreadyExists, under If-None-Match: *.
    /// </exception>
    /// <remarks>
    /// https://learn.microsoft.com/rest/api/storageservices/put-blob
    /// https://learn.microsoft.com/rest/api/storageservices/put-block-list
    /// </remarks>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        Stream content, BlobUploadOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        options ??= new BlobUploadOptions();
        return new BlockBlobUploader(CreateUploadMessage, Configuration, options).UploadAsync(content, cancellationToken);
    }

    /// <inheritdoc cref="UploadAsync(Stream, BlobUploadOptions, CancellationToken)"/>
    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        BinaryData content, BlobUploadOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return UploadAsync(content.ToStream(), options, cancellationToken);
    }

    private HttpMessage CreateUploadMessage(BlobRequestConditions? conditions) => CreateMessage(RequestMethod.Put, conditions);

    private static BlobUploadOptions OptionsFor(bool overwrite) => new()
    {
        Conditions = overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All },
    };
}
