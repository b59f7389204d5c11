using System.Runtime.CompilerServices;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The container of lists that were uploaded and are not done; a blob is named by its webinar and its content's hash.</summary>
internal sealed class UploadedLists(Hosting.Storage storage) : IListSource
{
    public const string ContainerName = "imports";
    private readonly BlobContainerClient _container = storage.Container(ContainerName);

    public string? StandingListOf(Webinar webinar) => null;

    public bool Feeds(string list) => !InvitationKeys.IsStanding(list);

    public bool Ends => true;

    public bool KeepsOrder => false;

    public Task<bool> HasRowsAsync(Webinar webinar, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task PutAsync(WebinarSlug webinar, string list, Stream content, CancellationToken cancellationToken) =>
        BlobOf(webinar, list).UploadAsync(content, overwrite: true, cancellationToken);

    public async IAsyncEnumerable<ListRow> ReadAsync(Webinar webinar, InvitationList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var blob = (await BlobOf(webinar.Slug, list.Id).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        var skip = list.Done;
        await foreach (var row in ListReader.ReadAsync(blob.Content, list.Format, cancellationToken))
        {
            if (skip-- <= 0) yield return row;
        }
    }

    public Task CloseAsync(WebinarSlug webinar, InvitationList list, CancellationToken cancellationToken) =>
        BlobOf(webinar, list.Id).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private BlobClient BlobOf(WebinarSlug webinar, string list) => _container.GetBlobClient($"{webinar}/{list}");
}
