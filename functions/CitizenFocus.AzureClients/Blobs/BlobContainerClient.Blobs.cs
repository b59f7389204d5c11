using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;

namespace CitizenFocus.AzureClients.Blobs;

/// <remarks>https://learn.microsoft.com/rest/api/storageservices/list-blobs</remarks>
public partial class BlobContainerClient
{
    /// <inheritdoc cref="GetBlobsAsync(GetBlobsOptions, CancellationToken)"/>
    public virtual AsyncPageable<BlobItem> GetBlobsAsync(
        BlobTraits traits, BlobStates states, string prefix, CancellationToken cancellationToken) =>
        GetBlobsAsync(new GetBlobsOptions { Traits = traits, States = states, Prefix = prefix }, cancellationToken);

    /// <summary>Lists the blobs by name, in pages of at most 5,000, each of which is asked for when it is reached.</summary>
    /// <exception cref="RequestFailedException">While it is enumerated: 404, ContainerNotFound.</exception>
    public virtual AsyncPageable<BlobItem> GetBlobsAsync(
        GetBlobsOptions? options = null, CancellationToken cancellationToken = default) =>
        new BlobItemPageable(
            (continuationToken, pageSize, token) => GetPageAsync(options ?? new GetBlobsOptions(), continuationToken, pageSize, token),
            cancellationToken);

    private async Task<Page<BlobItem>> GetPageAsync(
        GetBlobsOptions options, string? continuationToken, int? pageSize, CancellationToken cancellationToken)
    {
        using var message = CreateListMessage(options, continuationToken, pageSize);
        var response = await _configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => BlobListXml.Read(response),
            _ => throw new RequestFailedException(response),
        };
    }

    private HttpMessage CreateListMessage(GetBlobsOptions options, string? continuationToken, int? pageSize)
    {
        var message = CreateMessage(RequestMethod.Get);
        var uri = message.Request.Uri;
        uri.AppendQuery("comp", "list");
        if (!string.IsNullOrEmpty(options.Prefix))
        {
            uri.AppendQuery("prefix", options.Prefix);
        }

        if (!string.IsNullOrEmpty(continuationToken))
        {
            uri.AppendQuery("marker", continuationToken);
        }

        if (pageSize is { } size)
        {
            uri.AppendQuery("maxresults", $"{size}");
        }

        string[] include =
        [
            .. options.Traits.HasFlag(BlobTraits.Metadata) ? ["metadata"] : Array.Empty<string>(),
            .. options.States.HasFlag(BlobStates.Uncommitted) ? ["uncommittedblobs"] : Array.Empty<string>(),
        ];
        if (include.Length > 0)
        {
            uri.AppendQuery("include", string.Join(',', include));
        }

        return message;
    }
}
