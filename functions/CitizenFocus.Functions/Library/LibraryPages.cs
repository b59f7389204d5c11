using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Library;

/// <summary>What visitors read of the library, and the download.</summary>
internal static class LibraryPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/library", Pages.Methods, ListDocuments);
        site.MapMethods("/library/{id}", Pages.Methods, ShowDocument);
        site.MapMethods("/library/{id}/download", Pages.Methods, Download);
    }

    private static Task<IResult> ListDocuments(HttpContext context, Pages pages, LibraryService library) =>
        pages.CachedPageAsync<LibraryPage>(context, "library", async cancellationToken => new Dictionary<string, object?>
        {
            [nameof(LibraryPage.Documents)] = (await library.ListAsync(cancellationToken)).Select(DocumentView.Of).ToList(),
        });

    private static Task<IResult> ShowDocument(HttpContext context, string id, Pages pages, LibraryService library) =>
        PublicId.IsValid(id)
            ? pages.CachedPageAsync<DocumentPage>(context, $"document {id}", async cancellationToken =>
                await library.FindAsync(id, cancellationToken) is { } document
                    ? new Dictionary<string, object?> { [nameof(DocumentPage.Document)] = DocumentView.Of(document) }
                    : null)
            : pages.NotFoundAsync(context);

    private static async Task<IResult> Download(HttpContext context, string id, Pages pages, LibraryService library, DownloadLinks downloads)
    {
        if (await library.FindAsync(id, context.RequestAborted) is not { File: { } file } document) return await pages.NotFoundAsync(context);

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.FileName);
        var blob = library.Blob(file);
        if (downloads.AreUsed)
        {
            var url = await downloads.MakeAsync(blob, file, disposition.ToString(), context.RequestAborted);
            if (HttpMethods.IsGet(context.Request.Method)) await library.CountDownloadAsync(document, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return new FoundElsewhere(url);
        }

        var properties = (await blob.GetPropertiesAsync(cancellationToken: context.RequestAborted)).Value;
        if (IsWholeOrFirstPart(context.Request)) await library.CountDownloadAsync(document, context.RequestAborted);
        return new FileAnswer(blob, properties, file, disposition.ToString());
    }

    // A download that goes on after a break, or a check whether it changed, is no further one.
    private static bool IsWholeOrFirstPart(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.IfNoneMatch.Count == 0
        && (request.Headers.Range.Count == 0 || request.Headers.Range.ToString().StartsWith("bytes=0-", StringComparison.OrdinalIgnoreCase));

    /// <summary>302: the next time the address is asked again, since the signature is gone by then.</summary>
    private sealed class FoundElsewhere(Uri url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status302Found;
            httpContext.Response.Headers.Location = url.AbsoluteUri;
            return Task.CompletedTask;
        }
    }
}
