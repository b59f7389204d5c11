namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>A blob's content as it comes from the network: dispose of it, or the connection stays taken.</summary>
public class BlobDownloadStreamingResult : IDisposable
{
    internal BlobDownloadStreamingResult(BlobDownloadDetails details, Stream content)
    {
        Details = details;
        Content = content;
    }

    public BlobDownloadDetails Details { get; }

    /// <summary>Forward only. Where the connection breaks it goes on from there, as long as the blob is the same.</summary>
    public Stream Content { get; }

    public void Dispose()
    {
        Content.Dispose();
        GC.SuppressFinalize(this);
    }
}
