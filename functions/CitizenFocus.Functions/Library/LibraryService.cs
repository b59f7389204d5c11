using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Library;

/// <summary>What other features, pages and actions may ask of the library and do to it.</summary>
internal sealed class LibraryService(DocumentStore documents, DownloadCounter counter, Hosting.Storage storage, Pages pages)
{
    public const string ContainerName = "documents";
    private readonly BlobContainerClient _container = storage.Container(ContainerName);

    public async Task<Document?> FindAsync(string id, CancellationToken cancellationToken) =>
        PublicId.IsValid(id) ? await documents.FindAsync(id, cancellationToken) : null;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<Document>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await documents.ListAsync(cancellationToken))
            .OrderByDescending(document => document.File is not null)
            .ThenByDescending(document => document.Published?.Year ?? document.Year ?? 0)
            .ThenByDescending(document => document.Published)
            .ThenBy(document => document.Title, StringComparer.Ordinal)];

    public async Task PutAsync(Document document, CancellationToken cancellationToken)
    {
        await documents.PutAsync(document, cancellationToken);
        pages.Invalidate();
    }

    /// <summary>The file first, then the row that names it: nobody sees a document whose file is not there.</summary>
    public async Task PutAsync(Document document, Stream content, string fileName, string contentType, string? language, CancellationToken cancellationToken)
    {
        var blobName = $"{document.Id}/{fileName}";
        var blob = _container.GetBlobClient(blobName);
        var bytes = content.Length;
        await blob.UploadAsync(content, new BlobUploadOptions { HttpHeaders = new() { ContentType = contentType } }, cancellationToken);
        await PutAsync(document with { File = new(blobName, fileName, contentType, bytes, language) }, cancellationToken);
    }

    public BlobClient Blob(DocumentFile file) => _container.GetBlobClient(file.BlobName);

    public Task CountDownloadAsync(Document document, CancellationToken cancellationToken) => counter.CountAsync(document.Id, cancellationToken);
}
