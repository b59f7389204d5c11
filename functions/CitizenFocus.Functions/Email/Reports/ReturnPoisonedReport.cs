using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>A report that could not be taken, since storage was away for minutes, say: it is tried again each hour, for three days.</summary>
internal sealed partial class ReturnPoisonedReport(Hosting.Storage storage, TimeProvider clock, ILogger<ReturnPoisonedReport> logger) : IQueueFunction
{
    public const string FunctionName = "ReturnPoisonedReport";

    public static readonly TimeSpan Delay = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestAge = TimeSpan.FromDays(3);

    private readonly QueueClient _queue = storage.Queue(TakeDeliveryReport.QueueName);

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        using var document = TakeDeliveryReport.TryParse(message.Text);
        var at = document is null ? null : TakeDeliveryReport.Each(document.RootElement).Select(CommunicationServicesReport.TimeOf).Max();
        if (!(clock.GetUtcNow() - at <= LongestAge))
        {
            GivenUp(logger);
            return;
        }

        Returned(logger);
        await _queue.SendMessageAsync(message.Text, Delay, QueueTimes.Forever, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "A delivery report failed too often and is tried again in an hour." + Trouble.MessagePoisoned)]
    private static partial void Returned(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "A delivery report is given up: taking it failed again and again." + Trouble.MessagePoisoned)]
    private static partial void GivenUp(ILogger logger);
}
