using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Providers;

/// <summary>Stops all sending, and lets it go on: what is due waits on the queue meanwhile, and nothing of it is lost.</summary>
internal sealed class SendingSwitch(SendingTable table, Hosting.Storage storage, TimeProvider clock)
{
    public Task PauseAsync(string reason, CancellationToken cancellationToken) =>
        table.UpsertAsync(new Pause(reason, clock.GetUtcNow()).ToEntity(), cancellationToken);

    /// <summary>From now on the data is at home here, wherever it was before.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        await table.UpsertAsync(Origin.ToEntity(storage.AccountName), cancellationToken);
        if (await table.FindAsync(SendingTable.Switch, cancellationToken) is { } row) await table.DeleteAsync(SendingTable.Switch, row.ETag, cancellationToken);
        return true;
    });
}

/// <summary>Sending is stopped.</summary>
/// <param name="Reason">In an organiser's words.</param>
internal sealed record Pause(string Reason, DateTimeOffset Since)
{
    public static Pause FromEntity(TableEntity entity) => new(entity.GetString("Reason") ?? "", entity.GetDateTimeOffset("Since") ?? default);

    public TableEntity ToEntity() => new(SendingTable.Partition, SendingTable.Switch) { ["SchemaVersion"] = 1, ["Reason"] = Reason, ["Since"] = Since };
}
