using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Advancing;
using CitizenFocus.Functions.Webinars.Api;
using CitizenFocus.Functions.Webinars.Emails;
using CitizenFocus.Functions.Webinars.Joining;
using CitizenFocus.Functions.Webinars.Registrations;
using CitizenFocus.Functions.Webinars.Surveys;

namespace CitizenFocus.Functions.Webinars;

internal static class WebinarsFeature
{
    public static IServiceCollection AddWebinars(this IServiceCollection services) => services
        .AddSettings(WebinarOptions.Section, WebinarOptions.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(WebinarStore.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Table(RegistrationStore.TableName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(Announcements.QueueName))
        .AddSingleton<WebinarStore>()
        .AddSingleton<WebinarService>()
        .AddSingleton<WebinarLife>()
        .AddSingleton<WebinarInput>()
        .AddSingleton<WebinarPageModels>()
        .AddSingleton<Announcements>()
        .AddSingleton<RegistrationStore>()
        .AddSingleton<RegistrationTokens>()
        .AddSingleton<RegisterForWebinar>()
        .AddSingleton<CancelRegistration>()
        .AddSingleton<UndoCancellation>()
        .AddSingleton<AnswerOffer>()
        .AddSingleton<ChangeDetails>()
        .AddSingleton<RegistrationPageModels>()
        .AddSingleton<DecideApproval>()
        .AddSingleton<Outbox>()
        .AddSingleton<Retelling>()
        .AddSingleton<CallOff>()
        .AddSingleton<TellChange>()
        .AddSingleton<SendMailings>()
        .AddSingleton<AdvanceWebinar>()
        .AddSingleton<AdvanceWebinars>()
        .AddSingleton<IWatch, WebinarsWatch>()
        .AddSingleton<RegistrantMailWriter>()
        .AddSingleton<IEmailComposer, RegistrationEmails>()
        .AddSingleton<IEmailComposer, MailingEmails>()
        .AddSingleton<IEmailSamples, RegistrantEmailSamples>()
        .AddJoining()
        .AddSurveys();

    public static void MapWebinars(this IEndpointRouteBuilder site)
    {
        WebinarPages.Map(site);
        RegistrationActions.Map(site);
        RegistrantPages.Map(site);
        RegistrantActions.Map(site);
        site.MapJoining();
        site.MapSurveys();
        WebinarApi.Map(site);
        RegistrationsApi.Map(site);
        site.MapQueueFunction<AdvanceWebinar>(AdvanceWebinar.FunctionName);
        site.MapTimerFunction<AdvanceWebinars>(AdvanceWebinars.FunctionName);
    }
}
