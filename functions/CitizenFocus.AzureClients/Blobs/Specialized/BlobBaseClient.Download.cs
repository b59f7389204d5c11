using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs.Specialized;

/// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-blob</remarks>
public partial class BlobBaseClient
{
    /// <summary>
    /// Reads the blob, or a range of it, as a stream: nothing is held in memory, and where the connection breaks the
    /// stream goes on from there.
    /// </summary>
    /// <returns>
    /// Without a value, and with status 304, where <see cref="MatchConditions.IfNoneMatch"/> or
    /// <see cref="RequestConditions.IfModifiedSince"/> says that the caller has it already.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// 404, BlobNotFound or ContainerNotFound; 412, ConditionNotMet; 416, InvalidRange: the range starts behind the end.
    /// </exception>
    public virtual async Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        BlobDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (response, content) = await GetAsync(options?.Range ?? default, options?.Conditions, cancellationToken);
        if (response.Status == 304)
        {
            return new NoBodyResponse<BlobDownloadStreamingResult>(response);
        }

        var details = BlobDownloadDetails.From(response.Headers);
        var stream = new RetriableBlobStream(
            content,
            details.ContentLength,
            (position, token) => GoOnAsync(position, options, details, token),
            cancellationToken);
        return Response.FromValue(new BlobDownloadStreamingResult(details, stream), response);
    }

    /// <inheritdoc cref="DownloadContentAsync(BlobDownloadOptions, CancellationToken)"/>
    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync() =>
        DownloadContentAsync(options: null);

    /// <inheritdoc cref="DownloadContentAsync(BlobDownloadOptions, CancellationToken)"/>
    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(CancellationToken cancellationToken) =>
        DownloadContentAsync(options: null, cancellationToken);

    /// <summary>Reads the blob, or a range of it, into memory: for small ones.</summary>
    /// <inheritdoc cref="DownloadStreamingAsync(BlobDownloadOptions, CancellationToken)"/>
    public virtual async Task<Response<BlobDownloadResult>> DownloadContentAsync(
        BlobDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await DownloadStreamingAsync(options, cancellationToken);
        if (!response.HasValue)
        {
            return new NoBodyResponse<BlobDownloadResult>(response.GetRawResponse());
        }

        using var result = response.Value;
        var content = await BinaryData.FromStreamAsync(result.Content, cancellationToken);
        return Response.FromValue(new BlobDownloadResult(result.Details, content), response.GetRawResponse());
    }

    /// <summary>Asks for what is still missing, and only of the very blob that the first answer was of.</summary>
    private async Task<Stream> GoOnAsync(
        long position, BlobDownloadOptions? options, BlobDownloadDetails details, CancellationToken cancellationToken)
    {
        var rest = new HttpRange((options?.Range.Offset ?? 0) + position, details.ContentLength - position);
        var conditions = new BlobRequestConditions { IfMatch = details.ETag, LeaseId = options?.Conditions?.LeaseId };
        var (_, content) = await GetAsync(rest, conditions, cancellationToken);
        return content;
    }

    private async Task<(Response Response, Stream Content)> GetAsync(
        HttpRange range, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Get, conditions);
        message.BufferResponse = false;
        if (range != default)
        {
            message.Request.Headers.SetValue("x-ms-range", range.ToString());
        }

        var response = await Configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 or 206 => (response, message.ExtractResponseContent() ?? Stream.Null),
            304 => (response, Stream.Null),
            _ => throw new RequestFailedException(response),
        };
    }
}
