namespace CitizenFocus.LocalHost.Queues;

/// <summary>Keeps a message hidden while it is being worked on, renewing at half the time. Each renewal changes its receipt.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewal;
    private string _receipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeProvider time, ILogger log)
    {
        _receipt = message.PopReceipt;
        _renewal = RenewAsync(queue, message, invisibility, time, log);
    }

    /// <summary>Stops renewing.</summary>
    /// <returns>The receipt that settles the message.</returns>
    public async Task<string> EndAsync()
    {
        await _end.CancelAsync();
        await _renewal;
        return _receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private async Task RenewAsync(QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeProvider time, ILogger log)
    {
        try
        {
            while (true)
            {
                await Task.Delay(invisibility / 2, time, _end.Token);
                // Not cancelled half-way: the receipt in the answer must not be lost.
                _receipt = (await queue.UpdateMessageAsync(
                    message.MessageId, _receipt, visibilityTimeout: invisibility, cancellationToken: CancellationToken.None)).Value.PopReceipt;
            }
        }
        catch (OperationCanceledException)
        {
            // Ended.
        }
        catch (RequestFailedException fault)
        {
            log.CannotSettle(queue.Name, message.MessageId, fault.Message);
        }
    }
}
