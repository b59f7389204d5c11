using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>What providers tell of e-mails, what follows from it, and how organisers see it.</summary>
internal static class ReportsRegistration
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(DeliveryEvents.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(TakeDeliveryReport.QueueName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(TakeDeliveryReport.PoisonQueueName))
        .AddSingleton<DeliveryEvents>()
        .AddSingleton<DeliveryReports>()
        .AddSingleton<ReceiveSendGridEvents>()
        .AddSingleton<TakeDeliveryReport>()
        .AddSingleton<ReturnPoisonedReport>()
        .AddSingleton<DeliveryTrace>();

    public static void MapReports(this IEndpointRouteBuilder site)
    {
        ReceiveSendGridEvents.Map(site);
        SuppressionApi.Map(site);
        TraceApi.Map(site);
        site.MapQueueFunction<TakeDeliveryReport>(TakeDeliveryReport.FunctionName);
        site.MapQueueFunction<ReturnPoisonedReport>(ReturnPoisonedReport.FunctionName);
    }
}
