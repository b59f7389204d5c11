using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

internal static class CommunicationServicesRegistration
{
    public static IServiceCollection AddCommunicationServices(this IServiceCollection services) => services
        .AddSettings(CommunicationServicesOptions.Section, CommunicationServicesOptions.Read)
        .AddSingleton<IValidateOptions<CommunicationServicesOptions>, CommunicationServicesOptionsValidator>()
        .AddKeyedSingleton<IEmailSender, CommunicationServicesSender>(EmailProviders.CommunicationServices);
}
