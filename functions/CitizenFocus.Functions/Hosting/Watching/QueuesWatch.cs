using System.Diagnostics.Metrics;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Hosting.Watching;

/// <summary>Every queue and its <c>-poison</c>: how many messages, and how long the one in front has been due.</summary>
internal sealed partial class QueuesWatch(Storage storage, IEnumerable<StorageResource> resources, TimeProvider clock, ILogger<QueuesWatch> logger) : IWatch
{
    /// <summary>A queue is read within two seconds, and a retry waits 30; so long means that nobody reads it, or too few.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    private const string Poison = "-poison";

    private static readonly Gauge<long> Messages = Instrumentation.Meter.CreateGauge<long>(
        "citizenfocus.queue.messages", "{message}", "About how many messages a queue holds, those that sleep included.");

    private static readonly Gauge<double> Age = Instrumentation.Meter.CreateGauge<double>(
        "citizenfocus.queue.age", "s", "How long the message in front of a queue has been due.");

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var queues = resources.OfType<StorageResource.Queue>().Select(queue => queue.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in queues.Where(name => !name.EndsWith(Poison, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            await LookAsync(name, cancellationToken);

            // The Functions host makes it when it first needs it.
            var poisoned = await CountAsync(name + Poison, cancellationToken);
            if (poisoned > 0) Poisoned(logger, poisoned, name + Poison);
        }
    }

    private async Task LookAsync(string name, CancellationToken cancellationToken)
    {
        await CountAsync(name, cancellationToken);
        var front = (await storage.Queue(name).PeekMessagesAsync(1, cancellationToken)).Value.FirstOrDefault();
        var dueAt = front is null ? null : QueueMessages.VisibleAt(front.MessageText) ?? front.InsertedOn;
        var age = dueAt is { } due && due < clock.GetUtcNow() ? clock.GetUtcNow() - due : TimeSpan.Zero;
        Age.Record(age.TotalSeconds, new KeyValuePair<string, object?>(Instrumentation.Tags.Queue, name));
        if (age > Late) Behind(logger, name, (int)age.TotalMinutes);
    }

    private async Task<long> CountAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var count = (await storage.Queue(name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            Messages.Record(count, new KeyValuePair<string, object?>(Instrumentation.Tags.Queue, name));
            return count;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound && name.EndsWith(Poison, StringComparison.Ordinal))
        {
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} messages lie in {Queue}." + Trouble.MessagePoisoned)]
    private static partial void Poisoned(ILogger logger, long count, string queue);

    [LoggerMessage(2, LogLevel.Warning, "The message in front of the queue {Queue} has been due for {Minutes} minutes." + Trouble.QueueBehind)]
    private static partial void Behind(ILogger logger, string queue, int minutes);
}
