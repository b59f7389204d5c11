using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email;

internal static class EmailFeature
{
    public static IServiceCollection AddEmail(this IServiceCollection services) => services
        .AddSettings(EmailOptions.Section, EmailOptions.Read)
        .AddSettings(EmailOptions.Section, SendingRate.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(SendLedger.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(EmailQueue.QueueName))
        .AddSingleton<EmailRenderer>()
        .AddSingleton<EmailQueue>()
        .AddSingleton<SendLedger>()
        .AddSingleton<IEmailSender, PickupSender>()
        .AddSingleton<SendEmail>();

    public static void MapEmail(this IEndpointRouteBuilder site) => site.MapQueueFunction<SendEmail>(SendEmail.FunctionName);
}
