using System.Text;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Queues;

/// <summary>Takes one message through its function: deleted on success, shown again on failure, poison in the end.</summary>
/// <param name="poison">Where poison goes; <see langword="null"/> for a queue that is itself one for poison.</param>
internal sealed class QueueMessageProcessor(
    QueueFunction function, FunctionInvoker invoker, QueueClient queue, QueueClient? poison, QueuesExtension options, TimeProvider time, ILogger log)
{
    /// <summary>How long a message that is being worked on stays hidden, unless that is renewed.</summary>
    public static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Never throws: what goes wrong is logged, and the message shows itself again.</summary>
    public async Task ProcessAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (!TryDecode(message.MessageText, out var text))
            {
                log.Undecodable(function.QueueName, message.MessageId);
                await MoveToPoisonAsync(message, message.PopReceipt);
            }
            else if (message.DequeueCount > options.MaxDequeueCount)
            {
                // It came so often without a verdict: LocalHost died over it.
                await MoveToPoisonAsync(message, message.PopReceipt);
            }
            else
            {
                await InvokeAsync(message, text, cancellationToken);
            }
        }
        catch (RequestFailedException fault)
        {
            log.CannotSettle(function.QueueName, message.MessageId, fault.Message);
        }
        catch (OperationCanceledException)
        {
            // LocalHost is stopping.
        }
    }

    private async Task InvokeAsync(QueueMessage message, string text, CancellationToken cancellationToken)
    {
        await using var lease = new MessageLease(queue, message, Invisibility, time, log);
        InvocationResult result;
        try
        {
            result = await invoker.InvokeAsync(function, QueueEnvelope.Write(function, message, text, time.GetUtcNow()), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The next start need not wait ten minutes for it.
            await queue.UpdateMessageAsync(message.MessageId, await lease.EndAsync(), visibilityTimeout: TimeSpan.Zero, cancellationToken: CancellationToken.None);
            return;
        }

        // From here on without cancellation: a message that succeeded must not come again because LocalHost stops.
        var receipt = await lease.EndAsync();
        switch (result)
        {
            case InvocationResult.Succeeded:
                await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
                break;
            case InvocationResult.Failed when poison is null:
                // Left hidden, as the host does, or it would come again at once and for ever.
                break;
            case InvocationResult.Failed when message.DequeueCount >= options.MaxDequeueCount:
                await MoveToPoisonAsync(message, receipt);
                break;
            case InvocationResult.Failed:
                await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: options.VisibilityTimeout, cancellationToken: CancellationToken.None);
                break;
            default:
                throw new InvalidOperationException(result.ToString());
        }
    }

    private async Task MoveToPoisonAsync(QueueMessage message, string receipt)
    {
        if (poison is null) return;

        log.Poison(function.QueueName, message.MessageId, message.DequeueCount, poison.Name);
        await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        // Never expires: what nobody looked at for a week is not to vanish.
        await poison.SendMessageAsync(message.MessageText, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
        await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
    }

    private bool TryDecode(string raw, out string text)
    {
        if (options.MessageEncoding == QueueEncoding.None)
        {
            text = raw;
            return true;
        }

        var bytes = new byte[raw.Length];
        var decoded = Convert.TryFromBase64String(raw, bytes, out var length);
        text = Utf8.GetString(bytes, 0, decoded ? length : 0);
        return decoded;
    }
}

internal static partial class QueueMessageProcessorLog
{
    [LoggerMessage(LogLevel.Error, "{Queue}: message {Id} is not base64.")]
    public static partial void Undecodable(this ILogger log, string queue, string id);

    [LoggerMessage(LogLevel.Error, "{Queue}: message {Id} goes to {Poison}; it was dequeued {Count} times.")]
    public static partial void Poison(this ILogger log, string queue, string id, long count, string poison);

    [LoggerMessage(LogLevel.Warning, "{Queue}: message {Id} could not be settled and may come again: {Reason}")]
    public static partial void CannotSettle(this ILogger log, string queue, string id, string reason);
}
