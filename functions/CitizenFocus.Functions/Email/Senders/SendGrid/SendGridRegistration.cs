using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

internal static class SendGridRegistration
{
    public static IServiceCollection AddSendGrid(this IServiceCollection services) => services
        .AddSettings(SendGridOptions.Section, SendGridOptions.Read)
        .AddSingleton<IValidateOptions<SendGridOptions>, SendGridOptionsValidator>()
        .AddKeyedSingleton<IEmailSender, SendGridSender>(EmailProviders.SendGrid);
}
