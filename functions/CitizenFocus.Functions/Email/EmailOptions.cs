using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email;

/// <summary>Section "Email" of the settings.</summary>
internal sealed record EmailOptions
{
    public const string Section = "Email";

    public required EmailAddress From { get; init; }

    public string FromName { get; init; } = "Citizen Focus";

    /// <summary>Where answers go; <see langword="null"/>: to <see cref="From"/>.</summary>
    public EmailAddress? ReplyTo { get; init; }

    /// <summary>The <see cref="IEmailSender.Name"/> of the sender.</summary>
    public string Provider { get; init; } = PickupSender.ProviderName;

    /// <summary>An existing folder, for the provider "pickup".</summary>
    public string? PickupDirectory { get; init; }

    /// <summary>What stands right of the @ in a Message-ID; by default the domain of <see cref="From"/>.</summary>
    public string MessageIdDomain { get => field ?? From.Domain; init; }

    /// <summary>Reads and checks the settings, all of them before it complains.</summary>
    /// <exception cref="OptionsValidationException">Something is missing or wrong; each failure says what to write where.</exception>
    public static EmailOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var failures = new List<string>();

        if (!EmailAddress.TryParse(section[nameof(From)], out var from))
            failures.Add("Set Email:From to the address that the mail comes from, such as webinars@example.org.");

        EmailAddress? replyTo = null;
        if (section[nameof(ReplyTo)] is { Length: > 0 } typedReplyTo)
        {
            if (EmailAddress.TryParse(typedReplyTo, out var parsed)) replyTo = parsed;
            else failures.Add("Set Email:ReplyTo to the address that answers go to, or leave it out.");
        }

        var provider = Setting(section, nameof(Provider)) ?? PickupSender.ProviderName;
        var pickupDirectory = Setting(section, nameof(PickupDirectory));
        if (provider == PickupSender.ProviderName && pickupDirectory is null)
            failures.Add("Set Email:PickupDirectory to the folder where e-mails are laid down, or Email:Provider to another provider.");

        var domain = Setting(section, nameof(MessageIdDomain));
        if (domain is not null && !EmailAddress.TryParse("id@" + domain, out _))
            failures.Add("Set Email:MessageIdDomain to a domain name such as example.org, or leave it out: then it is the one of Email:From.");

        if (failures.Count > 0) throw new OptionsValidationException(Section, typeof(EmailOptions), failures);
        return new()
        {
            From = from,
            FromName = Setting(section, nameof(FromName)) ?? "Citizen Focus",
            ReplyTo = replyTo,
            Provider = provider,
            PickupDirectory = pickupDirectory,
            MessageIdDomain = domain ?? from.Domain,
        };
    }

    private static string? Setting(IConfigurationSection section, string key) =>
        section[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
