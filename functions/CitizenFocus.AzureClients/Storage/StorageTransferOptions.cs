namespace CitizenFocus.AzureClients.Storage;

/// <summary>How an upload is cut into blocks.</summary>
public struct StorageTransferOptions
{
    /// <summary>
    /// Bytes a block, 1 to 2,147,483,591; by default 4 MiB, or 8 MiB where the content is known to be over 100 MiB.
    /// </summary>
    public long? MaximumTransferSize { get; set; }

    /// <summary>Blocks under way at once, by default 5; each holds a block in memory.</summary>
    public int? MaximumConcurrency { get; set; }

    /// <summary>Content of at most so many bytes, by default 256 MiB, is uploaded by one request.</summary>
    public long? InitialTransferSize { get; set; }
}
