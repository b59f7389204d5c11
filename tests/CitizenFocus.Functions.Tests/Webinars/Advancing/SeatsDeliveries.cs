using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>
/// Delivers the messages of all queues as a host at its worst does: every one twice, to both processes at once or to one
/// after the other, or the second time much later; and again whatever failed.
/// </summary>
internal sealed class SeatsDeliveries(Site[] processes, HandQueues queues)
{
    private const int BatchSize = 16;

    /// <summary>What the host waits before it delivers a message again whose function failed: host.json's visibilityTimeout.</summary>
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(30);

    private readonly List<(string Queue, string Text)> _later = [];
    private readonly HashSet<(string Queue, string Text)> _all = [];

    /// <summary>How often a function was called with a message.</summary>
    public int Count { get; private set; }

    /// <summary>Delivers all that is due, and some of what is owed a second time, until nothing is due.</summary>
    public async Task DeliverAsync(Random random)
    {
        var again = _later.Where(_ => random.Next(3) == 0).ToList();
        _later.RemoveAll(again.Contains);
        await Task.WhenAll(again.Select(message => ToAsync(processes[random.Next(2)], message)));
        while (queues.Take(BatchSize) is { Count: > 0 } batch)
        {
            // Copies of one message are one here: each would be delivered twice, and cause two copies more.
            await Task.WhenAll(batch.Distinct().Select(message => DeliverAsync(message, random.Next(4), processes[random.Next(2)], processes[random.Next(2)])));
        }
    }

    /// <summary>Delivers every message that there ever was once more, to both processes at once.</summary>
    public async Task DeliverAllAgainAsync()
    {
        foreach (var batch in _all.Chunk(BatchSize)) await Task.WhenAll(batch.SelectMany(message => processes.Select(process => ToAsync(process, message))));
        _later.Clear();
    }

    private async Task DeliverAsync((string Queue, string Text) message, int way, Site one, Site another)
    {
        _all.Add(message);
        switch (way)
        {
            case 0 or 1:
                await Task.WhenAll(processes.Select(process => ToAsync(process, message)));
                break;
            case 2:
                await ToAsync(one, message);
                await ToAsync(another, message);
                break;
            default:
                _later.Add(message);
                await ToAsync(one, message);
                break;
        }
    }

    private async Task ToAsync(Site process, (string Queue, string Text) message)
    {
        if (Site.FunctionOf(message.Queue) is not { } function) return;
        lock (_all) Count++;
        using var response = await process.InvokeAsync(function, message.Text);
        if (!response.IsSuccessStatusCode) queues.Put(message.Queue, message.Text, BackOff);
    }
}
