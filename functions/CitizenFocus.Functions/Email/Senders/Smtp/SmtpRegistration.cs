using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders.Smtp;

internal static class SmtpRegistration
{
    public static IServiceCollection AddSmtp(this IServiceCollection services) => services
        .AddSettings(SmtpOptions.Section, SmtpOptions.Read)
        .AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>()
        .AddKeyedSingleton<IEmailSender, SmtpSender>(EmailProviders.Smtp);
}
