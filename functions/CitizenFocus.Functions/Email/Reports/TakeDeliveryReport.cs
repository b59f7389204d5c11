using System.Text.Json;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>Takes what Azure Communication Services report through Event Grid, which puts it on a queue: one event a message, or several.</summary>
internal sealed partial class TakeDeliveryReport(DeliveryReports reports, OperationIndex operations, TimeProvider clock, ILogger<TakeDeliveryReport> logger) : IQueueFunction
{
    public const string FunctionName = "TakeDeliveryReport";
    public const string QueueName = "delivery-reports";
    public const string PoisonQueueName = "delivery-reports-poison";

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        using var document = TryParse(message.Text);
        if (document is null)
        {
            // Delivered again it would be no better.
            Unreadable(logger);
            return;
        }

        var (events, ignored) = (new List<DeliveryEvent>(), 0);
        foreach (var sent in Each(document.RootElement))
        {
            if (CommunicationServicesReport.Parse(sent) is not { } report) ignored++;
            else if (await operations.FindAsync(report.OperationId, cancellationToken) is not var (person, key)) UnknownOperation(logger, report.Kind);
            else events.Add(report.For(person, key, clock.GetUtcNow()));
        }

        foreach (var about in events.GroupBy(e => e.Person)) await reports.TakeAsync(about.Key, about, cancellationToken);
        if (ignored > 0) Ignored(logger, ignored);
    }

    internal static IEnumerable<JsonElement> Each(JsonElement root) => root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];

    internal static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null; // ArgumentException: half of a surrogate pair.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A message on the queue of delivery reports is no JSON, and is dropped.")]
    private static partial void Unreadable(ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "A report of the kind {Kind} is dropped: its operation is none of ours.")]
    private static partial void UnknownOperation(ILogger logger, DeliveryEventKind kind);

    [LoggerMessage(3, LogLevel.Information, "{Events} events on the queue of delivery reports are of no kind that is known, and are ignored.")]
    private static partial void Ignored(ILogger logger, int events);
}
