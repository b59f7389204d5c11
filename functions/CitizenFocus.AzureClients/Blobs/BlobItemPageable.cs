using System.Runtime.CompilerServices;
using Azure;
using CitizenFocus.AzureClients.Blobs.Models;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>A listing that follows the service's continuation tokens; a page can be empty and still not the last.</summary>
internal sealed class BlobItemPageable(
    Func<string?, int?, CancellationToken, Task<Page<BlobItem>>> getPage, CancellationToken cancellationToken)
    : AsyncPageable<BlobItem>(cancellationToken)
{
    public override IAsyncEnumerable<Page<BlobItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        ReadPagesAsync(continuationToken, pageSizeHint, CancellationToken);

    private async IAsyncEnumerable<Page<BlobItem>> ReadPagesAsync(
        string? continuationToken, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await getPage(continuationToken, pageSize, cancellationToken);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}
