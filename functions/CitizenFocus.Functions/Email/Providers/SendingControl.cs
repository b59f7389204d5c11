using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Providers;

/// <summary>
/// What decides whether mail goes out now, and by whom: the switch and the providers' circuits. Read before each e-mail; those
/// who ask while a read is under way share the next one, so that a rush costs few reads and none is older than its question.
/// </summary>
internal sealed class SendingControl(SendingTable table, Hosting.Storage storage, EmailOptions options, IServiceProvider services, TimeProvider clock)
{
    private readonly SharedRuns<string> _reads = new();
    private SendingSnapshot? _latest;

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<IEmailSender> Senders => field ??= [.. options.Providers.Select(name => services.GetRequiredKeyedService<IEmailSender>(name))];

    /// <returns><see langword="null"/> where the settings name no such sender any more.</returns>
    public IEmailSender? Find(string? name) => Senders.FirstOrDefault(sender => sender.Name == name);

    public async Task<SendingSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await _reads.RunAsync("", async () => _latest = await ReadAsync()).WaitAsync(cancellationToken);
        return _latest!;
    }

    private async Task<SendingSnapshot> ReadAsync()
    {
        var rows = await table.ListControlAsync(CancellationToken.None);
        if (rows.All(row => row.RowKey != SendingTable.Origin))
        {
            // Once in a site's life. Who is first does not matter: all say the same.
            await OptimisticRetry.TryAsync(() => table.PutAsync(Origin.ToEntity(storage.AccountName), null, CancellationToken.None));
        }

        return SendingSnapshot.Of(rows, storage.AccountName);
    }

    /// <summary>
    /// The first sender that may be asked now, of those that were not asked already. One whose pause is over is given to one
    /// caller, who so finds out for all.
    /// </summary>
    public async Task<IEmailSender?> ChooseAsync(SendingSnapshot snapshot, IReadOnlyCollection<IEmailSender> asked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var sender in Senders.Except(asked))
        {
            if (snapshot.CircuitOf(sender) is not { } known) return sender;
            if (known.Value.IsOpen(now)) continue;
            if (!known.Value.IsToBeProbed(now) || await TryProbeAsync(known, now, cancellationToken)) return sender;
        }

        return null;
    }

    /// <param name="only">The only one that may be asked; <see langword="null"/>: any, as above.</param>
    public async Task<IEmailSender?> ChooseAsync(IEmailSender? only, SendingSnapshot snapshot, IReadOnlyCollection<IEmailSender> asked, CancellationToken cancellationToken)
    {
        if (only is null) return await ChooseAsync(snapshot, asked, cancellationToken);
        return asked.Contains(only) || snapshot.CircuitOf(only)?.Value.IsOpen(clock.GetUtcNow()) == true ? null : only;
    }

    /// <summary>When the first of them may be asked again.</summary>
    public DateTimeOffset NextChance(SendingSnapshot snapshot)
    {
        var now = clock.GetUtcNow();
        var next = Senders.Select(sender => snapshot.CircuitOf(sender)?.Value.OpenUntil ?? now).Min();
        return next > now ? next : now + Circuit.ProbeTime;
    }

    public async Task FailedAsync(IEmailSender sender, string reason, TimeSpan? pause, bool isForUs, CancellationToken cancellationToken)
    {
        var found = await table.FindAsync(SendingTable.CircuitPrefix + sender.Name, cancellationToken);
        var circuit = Circuit.After(found is null ? null : Circuit.FromEntity(found), sender.Name, reason, pause, isForUs, clock.GetUtcNow());

        // Who learnt something of the provider at the same time, and wrote that down, has it as good.
        await OptimisticRetry.TryAsync(() => table.PutAsync(circuit.ToEntity(), found?.ETag, cancellationToken));
    }

    /// <summary>The provider took one: it is well again.</summary>
    public async Task SucceededAsync(IEmailSender sender, SendingSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.CircuitOf(sender) is null) return;
        if (await table.FindAsync(SendingTable.CircuitPrefix + sender.Name, cancellationToken) is { } found)
        {
            await OptimisticRetry.TryAsync(() => table.DeleteAsync(SendingTable.CircuitPrefix + sender.Name, found.ETag, cancellationToken));
        }
    }

    private async Task<bool> TryProbeAsync(Stored<Circuit> known, DateTimeOffset now, CancellationToken cancellationToken) =>
        await OptimisticRetry.TryAsync(() => table.PutAsync((known.Value with { OpenUntil = now + Circuit.ProbeTime }).ToEntity(), known.ETag, cancellationToken));
}

/// <summary>The switch and the circuits as they were at one moment.</summary>
internal sealed record SendingSnapshot(Pause? Pause, IReadOnlyList<Stored<Circuit>> Circuits)
{
    public Stored<Circuit>? CircuitOf(IEmailSender sender) => Circuits.FirstOrDefault(circuit => circuit.Value.Provider == sender.Name);

    /// <param name="account">Where these rows were read.</param>
    public static SendingSnapshot Of(IReadOnlyList<TableEntity> rows, string account)
    {
        Pause? pause = rows.FirstOrDefault(row => row.RowKey == SendingTable.Origin) is { } origin ? Origin.WhyPaused(origin, account) : null;
        var circuits = new List<Stored<Circuit>>();
        foreach (var row in rows)
        {
            if (row.RowKey == SendingTable.Switch) pause = Pause.FromEntity(row);
            else if (row.RowKey != SendingTable.Origin) circuits.Add(new(Circuit.FromEntity(row), row.ETag));
        }

        return new(pause, circuits);
    }
}
