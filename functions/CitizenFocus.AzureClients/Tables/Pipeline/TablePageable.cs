using System.Runtime.CompilerServices;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>Asks for page after page until one comes without a continuation; a page may be empty and have one.</summary>
/// <param name="getPage">Gets the page that a continuation token leads to.</param>
/// <param name="maxPerPage">Rows a page at most.</param>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination</remarks>
internal sealed class TablePageable<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> getPage, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        AsPages(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> AsPages(
        string? continuationToken, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await getPage(continuationToken, pageSize, cancellationToken).ConfigureAwait(false);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
