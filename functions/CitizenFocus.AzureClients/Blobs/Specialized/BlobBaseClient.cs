using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Specialized;

/// <summary>What blobs of all types have: properties, reading, deleting, signed addresses.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs</remarks>
public partial class BlobBaseClient
{
    /// <summary>For tests that override members.</summary>
    protected BlobBaseClient()
    {
        Configuration = null!;
        Uri = null!;
        AccountName = null!;
        BlobContainerName = null!;
        Name = null!;
    }

    internal BlobBaseClient(Uri blobUri, string blobContainerName, string blobName, BlobClientConfiguration configuration)
    {
        Configuration = configuration;
        Uri = blobUri;
        AccountName = configuration.AccountNameOf(blobUri);
        BlobContainerName = blobContainerName;
        Name = blobName;
    }

    /// <summary>The blob's address, with its signature where it was given one.</summary>
    public virtual Uri Uri { get; }

    /// <summary>The account's name.</summary>
    public virtual string AccountName { get; }

    /// <summary>The container's name.</summary>
    public virtual string BlobContainerName { get; }

    /// <summary>The blob's name, with its slashes.</summary>
    public virtual string Name { get; }

    /// <summary>Whether the client has the account's key, to sign addresses with.</summary>
    public virtual bool CanGenerateSasUri => Configuration.SharedKey is not null;

    private protected BlobClientConfiguration Configuration { get; }

    /// <summary>The blob's properties and metadata.</summary>
    /// <exception cref="RequestFailedException">404, BlobNotFound or ContainerNotFound; 304 or 412, ConditionNotMet.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-blob-properties</remarks>
    public virtual async Task<Response<BlobProperties>> GetPropertiesAsync(
        BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Head, conditions);
        var response = await Configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(BlobProperties.From(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Whether the blob, and its container, are there.</summary>
    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Head);
        var response = await Configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(true, response),
            404 when IsNotFound(response) => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Replaces the blob's metadata, all of it.</summary>
    /// <exception cref="RequestFailedException">404, BlobNotFound; 412, ConditionNotMet; 400, InvalidMetadata or the like.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/set-blob-metadata</remarks>
    public virtual async Task<Response<BlobInfo>> SetMetadataAsync(
        IDictionary<string, string> metadata, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Put, conditions);
        message.Request.Uri.AppendQuery("comp", "metadata");
        message.Request.Headers.SetMetadata(metadata);
        var response = await Configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(new BlobInfo(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the blob.</summary>
    /// <exception cref="RequestFailedException">404, BlobNotFound or ContainerNotFound; 412, ConditionNotMet; 409, SnapshotsPresent.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-blob</remarks>
    public virtual async Task<Response> DeleteAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default)
    {
        var response = await SendDeleteAsync(snapshotsOption, conditions, cancellationToken);
        return response.Status switch
        {
            202 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes the blob where it is there.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="RequestFailedException">412, ConditionNotMet; 409, SnapshotsPresent.</exception>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default)
    {
        var response = await SendDeleteAsync(snapshotsOption, conditions, cancellationToken);
        return response.Status switch
        {
            202 => Response.FromValue(true, response),
            404 when IsNotFound(response) => Response.FromValue(false, response),
            _ => throw new RequestFailedException(response),
        };
    }

    private protected HttpMessage CreateMessage(RequestMethod method, BlobRequestConditions? conditions = null)
    {
        BlobNames.CheckContainer(BlobContainerName);
        var message = Configuration.CreateMessage(method, Uri);
        message.Request.Headers.SetConditions(conditions);
        return message;
    }

    private async Task<Response> SendDeleteAsync(
        DeleteSnapshotsOption snapshots, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Delete, conditions);
        message.Request.Headers.SetIfPresent("x-ms-delete-snapshots", snapshots switch
        {
            DeleteSnapshotsOption.IncludeSnapshots => "include",
            DeleteSnapshotsOption.OnlySnapshots => "only",
            _ => null,
        });
        return await Configuration.SendAsync(message, cancellationToken);
    }

    private static bool IsNotFound(Response response) =>
        BlobHeaders.ErrorCodeOf(response) is "BlobNotFound" or "ContainerNotFound";
}
