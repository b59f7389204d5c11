using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Email;

internal static class EmailFeature
{
    public static IServiceCollection AddEmail(this IServiceCollection services) => services
        .AddSingleton(provider => EmailOptions.Read(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<StorageResource>(new StorageResource.Table(SendLedger.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(EmailQueue.QueueName))
        .AddSingleton<EmailRenderer>()
        .AddSingleton<EmailQueue>()
        .AddSingleton<SendLedger>()
        .AddSingleton<IEmailSender, PickupSender>()
        .AddSingleton<SendEmail>();

    public static void MapEmail(this IEndpointRouteBuilder site) => site.MapQueueFunction<SendEmail>(SendEmail.FunctionName);
}
