using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Queues;

/// <summary>Looks for messages of one queue, in batches, with a pause that grows while the queue is empty.</summary>
internal sealed class QueueListener(QueueFunction function, QueueMessageProcessor processor, QueueClient queue, QueuesExtension options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes a function's listener, and its queue where it is missing.</summary>
    /// <param name="settings">Where the connection string stands, by the name that function.json gives.</param>
    /// <exception cref="LocalHostException">There is no such setting.</exception>
    public static async Task<QueueListener> CreateAsync(
        QueueFunction function,
        FunctionInvoker invoker,
        IReadOnlyDictionary<string, string> settings,
        QueuesExtension options,
        TimeProvider time,
        ILogger log,
        CancellationToken cancellationToken)
    {
        if (!settings.TryGetValue("AzureWebJobs" + function.Connection, out var connection) && !settings.TryGetValue(function.Connection, out connection))
        {
            throw new LocalHostException($"{function.Name}/function.json: the setting '{function.Connection}' is not set.");
        }

        // The text is decoded here, so that what cannot be decoded goes to poison as it is.
        var service = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
        var queue = service.GetQueueClient(function.QueueName);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var poison = function.QueueName.EndsWith("-poison", StringComparison.Ordinal)
            ? null
            : service.GetQueueClient(function.QueueName + "-poison");
        var processor = new QueueMessageProcessor(function, invoker, queue, poison, options, time, log);
        return new QueueListener(function, processor, queue, options, time, log);
    }

    /// <summary>Runs until LocalHost stops, and ends when nothing is being worked on any more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var working = new HashSet<Task>();
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var messages = await ReceiveAsync(cancellationToken);
                foreach (var message in messages)
                {
                    working.Add(processor.ProcessAsync(message, cancellationToken));
                }

                if (messages.Length == 0)
                {
                    await Task.Delay(pause, time, cancellationToken);
                    pause = pause * 2 < options.MaxPollingInterval ? pause * 2 : options.MaxPollingInterval;
                }
                else
                {
                    pause = ShortestPause;
                }

                working.RemoveWhere(task => task.IsCompleted);
                while (working.Count > options.Threshold)
                {
                    working.Remove(await Task.WhenAny(working));
                }
            }
        }
        finally
        {
            await Task.WhenAll(working);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(options.BatchSize, QueueMessageProcessor.Invisibility, cancellationToken)).Value;
        }
        catch (RequestFailedException fault)
        {
            log.CannotReceive(function.QueueName, fault.Message);
            // Somebody may have deleted it.
            if (fault.Status == 404) await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return [];
        }
    }
}

internal static partial class QueueListenerLog
{
    [LoggerMessage(LogLevel.Warning, "The queue {Queue} cannot be read: {Reason}")]
    public static partial void CannotReceive(this ILogger log, string queue, string reason);
}
