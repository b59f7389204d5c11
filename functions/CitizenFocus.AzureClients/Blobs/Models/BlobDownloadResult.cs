namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>A blob's content, in memory.</summary>
public class BlobDownloadResult
{
    internal BlobDownloadResult(BlobDownloadDetails details, BinaryData content)
    {
        Details = details;
        Content = content;
    }

    public BlobDownloadDetails Details { get; }

    public BinaryData Content { get; }
}
