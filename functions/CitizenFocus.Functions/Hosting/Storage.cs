namespace CitizenFocus.Functions.Hosting;

/// <summary>The tables, queues and containers of this site, by the names that features give them.</summary>
internal sealed class Storage(StorageOptions options, TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs)
{
    /// <summary>Of the tables.</summary>
    public string AccountName => tables.AccountName;

    public TableClient Table(string name) => tables.GetTableClient(options.NamePrefix + name);

    public QueueClient Queue(string name) => queues.GetQueueClient(options.NamePrefix + name);

    public BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(options.NamePrefix + name);

    /// <summary>Creates what is missing. In Azure the deployment has made all of it; this is for a laptop and for tests.</summary>
    public async Task CreateIfNotExistsAsync(IEnumerable<StorageResource> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            switch (resource)
            {
                case StorageResource.Table table:
                    await Table(table.Name).CreateIfNotExistsAsync(cancellationToken);
                    break;
                case StorageResource.Queue queue:
                    await Queue(queue.Name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                    break;
                case StorageResource.Container container:
                    await Container(container.Name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                    break;
            }
        }
    }
}

/// <summary>What a feature declares that it keeps in the storage account.</summary>
internal abstract record StorageResource(string Name)
{
    internal sealed record Table(string Name) : StorageResource(Name);

    internal sealed record Queue(string Name) : StorageResource(Name);

    internal sealed record Container(string Name) : StorageResource(Name);
}
