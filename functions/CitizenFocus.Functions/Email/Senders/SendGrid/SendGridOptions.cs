using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <summary>What of the section <c>SendGrid</c> concerns sending.</summary>
internal sealed record SendGridOptions
{
    public const string Section = "SendGrid";

    private const int DefaultDeadline = 60;
    private const int LongestDeadline = 1_440;

    public static readonly Uri DefaultBaseUrl = new("https://api.sendgrid.com");

    public string? ApiKey { get; init; }

    /// <summary><c>https://api.eu.sendgrid.com</c> keeps mail in the European Union.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>How long an attempt without an answer is waited for to be reported, from 5 minutes to a day.</summary>
    public TimeSpan ReportDeadline { get; init; } = TimeSpan.FromMinutes(DefaultDeadline);

    /// <summary>Events are taken, so that a report can settle what got no answer.</summary>
    public bool HasReports { get; init; }

    /// <summary>SendGrid tells of opens and clicks, by an image and by links through its servers.</summary>
    public bool TracksReaders { get; init; }

    public SendingRate Rate { get; init; } = SendingRate.Unlimited;

    public static SendGridOptions Read(Settings settings) => new()
    {
        ApiKey = settings.Text(nameof(ApiKey)),
        BaseUrl = settings.Url(nameof(BaseUrl), "such as https://api.eu.sendgrid.com, or leave it out") ?? DefaultBaseUrl,
        ReportDeadline = TimeSpan.FromMinutes(settings.Integer("ReportDeadlineMinutes", DefaultDeadline, 5, LongestDeadline)),
        HasReports = settings.Text("WebhookPublicKey") is not null,
        TracksReaders = settings.Choice("Tracking", "off", ["off", "on"]) == "on",
        Rate = SendingRate.Read(settings, SendingRate.Unlimited),
    };

    /// <summary>A record's own <c>ToString</c> would write the key.</summary>
    public override string ToString() => nameof(SendGridOptions);
}

/// <summary>Only where mail goes this way: else the section may be as it will.</summary>
internal sealed class SendGridOptionsValidator(EmailOptions email) : IValidateOptions<SendGridOptions>
{
    public ValidateOptionsResult Validate(string? name, SendGridOptions options)
    {
        if (!email.Providers.Contains(EmailProviders.SendGrid)) return ValidateOptionsResult.Success;

        var faults = new List<string>();
        if (options.ApiKey is null)
        {
            faults.Add($"Set {Variable(nameof(options.ApiKey))} to a key with the permission Mail Send, or take {EmailProviders.SendGrid} out of {Settings.Variable(EmailOptions.Section, nameof(EmailOptions.Providers))}.");
        }
        else if (!options.ApiKey.All(c => c is > ' ' and < '\x7f'))
        {
            faults.Add($"{Variable(nameof(options.ApiKey))} holds a character that an Authorization header cannot carry. Copy it whole from SendGrid's settings.");
        }

        if (options.BaseUrl.Scheme != Uri.UriSchemeHttps && !options.BaseUrl.IsLoopback)
        {
            faults.Add($"{Variable(nameof(options.BaseUrl))} must begin with https://, as in {SendGridOptions.DefaultBaseUrl}: the key crosses the network.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Variable(string name) => Settings.Variable(SendGridOptions.Section, name);
}

internal static class SendGridRegistration
{
    public static IServiceCollection AddSendGrid(this IServiceCollection services) => services
        .AddSettings(SendGridOptions.Section, SendGridOptions.Read)
        .AddSingleton<IValidateOptions<SendGridOptions>, SendGridOptionsValidator>()
        .AddKeyedSingleton<IEmailSender, SendGridSender>(EmailProviders.SendGrid);
}
