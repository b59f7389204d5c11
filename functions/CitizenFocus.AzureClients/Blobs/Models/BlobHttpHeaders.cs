namespace CitizenFocus.AzureClients.Blobs.Models;

/// <summary>The headers that are stored with a blob and come back with it.</summary>
public class BlobHttpHeaders
{
    /// <summary>By default <c>application/octet-stream</c>.</summary>
    public string? ContentType { get; set; }

    /// <summary>The whole content's MD5, 16 bytes; kept, not checked.</summary>
    public byte[]? ContentHash { get; set; }

    public string? ContentEncoding { get; set; }

    public string? ContentLanguage { get; set; }

    /// <summary>Such as <c>attachment; filename="handbook.pdf"</c>.</summary>
    public string? ContentDisposition { get; set; }

    public string? CacheControl { get; set; }
}
