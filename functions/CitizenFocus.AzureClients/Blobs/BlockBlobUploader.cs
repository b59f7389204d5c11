using System.Buffers;
using System.Runtime.CompilerServices;
using System.Xml;
using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>One upload: by one request where the content is short enough, else in blocks that are then committed.</summary>
/// <param name="createMessage">Makes a PUT to the blob under conditions.</param>
/// <param name="configuration">Sends it.</param>
/// <param name="options">The caller's.</param>
internal sealed class BlockBlobUploader(
    Func<BlobRequestConditions?, HttpMessage> createMessage, BlobClientConfiguration configuration, BlobUploadOptions options)
{
    private const long MiB = 1024 * 1024;
    private const long DefaultInitialTransferSize = 256 * MiB;
    private const long DefaultBlockSize = 4 * MiB;
    private const long LargeContent = 100 * MiB;
    private const long LargeContentBlockSize = 8 * MiB;
    private const int DefaultConcurrency = 5;

    /// <summary>A blob has so many blocks at most.</summary>
    private const int MaximumBlocks = 50_000;

    /// <summary>
    /// Blocks of a blob that are not yet committed are shared by all uploads to it: ids of our own keep two uploads
    /// at once from mixing their contents.
    /// </summary>
    private readonly Guid _uploadId = Guid.NewGuid();
    private readonly List<string> _blockIds = [];

    public async Task<Response<BlobContentInfo>> UploadAsync(Stream content, CancellationToken cancellationToken)
    {
        // Not only at the end, when all has been sent.
        StorageHeaders.CheckMetadata(options.Metadata);
        var length = content.CanSeek ? content.Length - content.Position : (long?)null;
        if (length <= (options.TransferOptions.InitialTransferSize ?? DefaultInitialTransferSize))
        {
            return await PutBlobAsync(new StreamRequestContent(content), cancellationToken);
        }

        var blockSize = BlockSize(length);
        await Parallel.ForEachAsync(
            ReadBlocksAsync(content, blockSize, cancellationToken),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.TransferOptions.MaximumConcurrency ?? DefaultConcurrency,
                CancellationToken = cancellationToken,
            },
            PutBlockAsync);
        return await PutBlockListAsync(cancellationToken);
    }

    private int BlockSize(long? length)
    {
        var wanted = options.TransferOptions.MaximumTransferSize ?? (length > LargeContent ? LargeContentBlockSize : DefaultBlockSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted, nameof(StorageTransferOptions.MaximumTransferSize));
        var needed = ((length ?? 0) + MaximumBlocks - 1) / MaximumBlocks;
        return (int)Math.Min(Math.Max(wanted, needed), Array.MaxLength);
    }

    /// <summary>Reads a block only when somebody is free to send it.</summary>
    private async IAsyncEnumerable<Block> ReadBlocksAsync(
        Stream content, int blockSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(blockSize);
            var count = await content.ReadAtLeastAsync(buffer.AsMemory(0, blockSize), blockSize, throwOnEndOfStream: false, cancellationToken);
            if (count == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                yield break;
            }

            // All ids of a blob must have the same length.
            var id = Convert.ToBase64String([.. _uploadId.ToByteArray(), .. BitConverter.GetBytes(_blockIds.Count)]);
            _blockIds.Add(id);
            yield return new Block(id, buffer, count);
        }
    }

    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/put-block</remarks>
    private async ValueTask PutBlockAsync(Block block, CancellationToken cancellationToken)
    {
        using var message = createMessage(LeaseOnly());
        message.Request.Uri.AppendQuery("comp", "block");
        message.Request.Uri.AppendQuery("blockid", block.Id);
        message.Request.Headers.SetValue("Content-Type", "application/octet-stream");
        message.Request.Content = RequestContent.Create(block.Buffer, 0, block.Count);
        var response = await configuration.SendAsync(message, cancellationToken);
        // Only here: after a failure something may still be reading it.
        ArrayPool<byte>.Shared.Return(block.Buffer);
        if (response.Status != 201)
        {
            throw new RequestFailedException(response);
        }
    }

    /// <summary>The other conditions are for the moment at which the blob becomes another.</summary>
    private BlobRequestConditions? LeaseOnly() =>
        options.Conditions?.LeaseId is { } lease ? new BlobRequestConditions { LeaseId = lease } : null;

    private async Task<Response<BlobContentInfo>> PutBlobAsync(RequestContent content, CancellationToken cancellationToken)
    {
        using var message = createMessage(options.Conditions);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Headers.SetValue("Content-Type", "application/octet-stream");
        message.Request.Content = content;
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Response<BlobContentInfo>> PutBlockListAsync(CancellationToken cancellationToken)
    {
        using var message = createMessage(options.Conditions);
        message.Request.Uri.AppendQuery("comp", "blocklist");
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(WriteBlockList());
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Response<BlobContentInfo>> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        message.Request.Headers.SetBlobHttpHeaders(options.HttpHeaders);
        message.Request.Headers.SetMetadata(options.Metadata);
        var response = await configuration.SendAsync(message, cancellationToken);
        return response.Status switch
        {
            201 => Response.FromValue(new BlobContentInfo(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/put-block-list</remarks>
    private BinaryData WriteBlockList()
    {
        var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, StorageXml.WriterSettings))
        {
            writer.WriteStartElement("BlockList");
            foreach (var id in _blockIds)
            {
                // Latest, not Uncommitted: a retry after a lost answer finds the blocks committed already.
                writer.WriteElementString("Latest", id);
            }

            writer.WriteEndElement();
        }

        return new BinaryData(stream.ToArray());
    }

    private sealed record Block(string Id, byte[] Buffer, int Count);
}
