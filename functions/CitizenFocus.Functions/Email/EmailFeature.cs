using CitizenFocus.Functions.Email.Api;
using CitizenFocus.Functions.Email.Components;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Senders.CommunicationServices;
using CitizenFocus.Functions.Email.Senders.SendGrid;
using CitizenFocus.Functions.Email.Senders.Smtp;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email;

internal static class EmailFeature
{
    public static IServiceCollection AddEmail(this IServiceCollection services) => services
        .AddSettings(EmailOptions.Section, EmailOptions.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(SendLedger.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Table(SendingTable.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Table(OperationIndex.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(EmailQueue.QueueName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(EmailQueue.PoisonQueueName))
        .AddSingleton(provider => EmailLogo.Of(provider.GetRequiredService<Assets>(), provider.GetRequiredService<Links>(), provider.GetRequiredService<SiteOptions>()))
        .AddSingleton<EmailRenderer>()
        .AddSingleton<EmailCatalogue>()
        .AddSingleton<EmailQueue>()
        .AddSingleton<SendLedger>()
        .AddSingleton<SendingTable>()
        .AddSingleton<OperationIndex>()
        .AddSenders()
        .AddSending()
        .AddReports();

    public static void MapEmail(this IEndpointRouteBuilder site)
    {
        EmailApi.Map(site);
        EmailPreviews.Map(site);
        site.MapQueueFunction<SendEmail>(SendEmail.FunctionName);
        site.MapQueueFunction<ReturnPoisonedEmail>(ReturnPoisonedEmail.FunctionName);
        site.MapReports();
    }

    private static IServiceCollection AddSenders(this IServiceCollection services) => services
        .AddKeyedSingleton<IEmailSender, PickupSender>(EmailProviders.Pickup)
        .AddCommunicationServices()
        .AddSendGrid()
        .AddSmtp();

    private static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddSingleton<SendingControl>()
        .AddSingleton<SendingSwitch>()
        .AddSingleton<SendingQuota>()
        .AddSingleton<SendingPlans>()
        .AddSingleton<RecipientRules>()
        .AddSingleton<SettleUnknown>()
        .AddSingleton<HandOver>()
        .AddSingleton<SendEmail>()
        .AddSingleton<ReturnPoisonedEmail>()
        .AddSingleton<Resend>()
        .AddSingleton<IWatch, SendingWatch>()
        .AddSingleton(provider => provider.GetRequiredService<SendingControl>().Senders[0].Rate);
}
