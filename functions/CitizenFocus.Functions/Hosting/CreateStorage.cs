namespace CitizenFocus.Functions.Hosting;

/// <summary>The command <c>storage create</c>: makes the tables, queues and containers that the account lacks.</summary>
internal sealed class CreateStorage(Storage storage, IEnumerable<StorageResource> resources) : ICommand
{
    public string Name => "storage create";

    public Task RunAsync(CancellationToken cancellationToken) => storage.CreateIfNotExistsAsync(resources, cancellationToken);
}
