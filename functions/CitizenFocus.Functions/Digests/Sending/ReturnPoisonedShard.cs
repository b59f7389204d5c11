using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Digests;

/// <summary>A shard that failed too often in a row, since storage was away for minutes, say: it is tried again each quarter of an hour until it is done.</summary>
internal sealed partial class ReturnPoisonedShard(ShardQueue queue, ILogger<ReturnPoisonedShard> logger) : IQueueFunction
{
    public const string FunctionName = "ReturnPoisonedShard";

    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        DueShard due;
        try
        {
            due = DueShard.Parse(message.Text);
        }
        catch (FormatException)
        {
            NoShard(logger);
            return;
        }

        Returned(logger, due.Issue, due.Shard);
        await queue.EnqueueAsync(due, Delay, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Error, "Shard {Shard} of issue {Issue} of the digest failed again and again; it is tried again in a quarter of an hour." + Trouble.MessagePoisoned)]
    private static partial void Returned(ILogger logger, IssueKey issue, string shard);

    [LoggerMessage(2, LogLevel.Error, "A message on the queue of digests is none of ours, and is dropped." + Trouble.MessagePoisoned)]
    private static partial void NoShard(ILogger logger);
}
