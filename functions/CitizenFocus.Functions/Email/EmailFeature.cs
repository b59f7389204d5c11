using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email;

internal static class EmailFeature
{
    public static IServiceCollection AddEmail(this IServiceCollection services) => services
        .AddSettings(EmailOptions.Section, EmailOptions.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(SendLedger.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(EmailQueue.QueueName))
        .AddSingleton<EmailRenderer>()
        .AddSingleton<EmailQueue>()
        .AddSingleton<SendLedger>()
        .AddKeyedSingleton<IEmailSender, PickupSender>(EmailProviders.Pickup)
        .AddSingleton(provider => provider.GetRequiredKeyedService<IEmailSender>(provider.GetRequiredService<EmailOptions>().Providers[0]).Rate)
        .AddSingleton<SendEmail>();

    public static void MapEmail(this IEndpointRouteBuilder site) => site.MapQueueFunction<SendEmail>(SendEmail.FunctionName);
}
