using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Webinars.Invitations;

internal static class InvitationsFeature
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(InvitationStore.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(InvitationAnnouncements.QueueName))
        .AddSingleton<StorageResource>(new StorageResource.Container(UploadedLists.ContainerName))
        .AddSingleton<InvitationStore>()
        .AddSingleton<InvitationAnnouncements>()
        .AddSingleton<UploadedLists>()
        .AddSingleton<IListSource>(provider => provider.GetRequiredService<UploadedLists>())
        .AddSingleton<IListSource, RequestedInvitations>()
        .AddSingleton<ImportLists>()
        .AddSingleton<FindInvitation>()
        .AddSingleton<AdvanceList>()
        .AddSingleton<AdvanceInvitations>()
        .AddSingleton<InvitationEmails>()
        .AddSingleton<IEmailComposer>(provider => provider.GetRequiredService<InvitationEmails>())
        .AddSingleton<IEmailSamples, InvitationEmailSamples>();

    public static void MapInvitations(this IEndpointRouteBuilder site)
    {
        InvitationApi.Map(site);
        InvitationPages.Map(site);
        InvitationUnsubscription.Map(site);
        InvitationRequests.Map(site);
        site.MapQueueFunction<AdvanceInvitations>(AdvanceInvitations.FunctionName);
    }
}
