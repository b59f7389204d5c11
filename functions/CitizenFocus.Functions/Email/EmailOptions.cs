using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email;

/// <summary>Section <c>Email</c> of the configuration.</summary>
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

    public static EmailOptions Read(Settings settings)
    {
        var from = Address(settings, nameof(From), "the address that the mail comes from, such as webinars@example.org");
        if (settings.Text(nameof(From)) is null) settings.Fault($"Set {Section}__{nameof(From)} to the address that the mail comes from, such as webinars@example.org.");

        var provider = settings.Choice(nameof(Provider), PickupSender.ProviderName, [PickupSender.ProviderName]);
        var pickupDirectory = settings.Text(nameof(PickupDirectory));
        if (provider == PickupSender.ProviderName && pickupDirectory is null)
        {
            settings.Fault($"Set {Section}__{nameof(PickupDirectory)} to the folder where e-mails are laid down.");
        }

        var domain = settings.Text(nameof(MessageIdDomain)) ?? from?.Domain ?? "";
        if (domain.Length > 0 && !EmailAddress.TryParse("id@" + domain, out _))
        {
            settings.Fault($"Set {Section}__{nameof(MessageIdDomain)} to a domain name such as example.org, or leave it out: then it is the one of {Section}__{nameof(From)}.");
        }

        return new()
        {
            From = from ?? default,
            FromName = settings.Text(nameof(FromName)) ?? "Citizen Focus",
            ReplyTo = Address(settings, nameof(ReplyTo), "the address that answers go to, or leave it out"),
            Provider = provider,
            PickupDirectory = pickupDirectory,
            MessageIdDomain = domain,
        };
    }

    private static EmailAddress? Address(Settings settings, string name, string remedy)
    {
        if (settings.Text(name) is not { } typed) return null;
        if (EmailAddress.TryParse(typed, out var address)) return address;
        settings.Fault($"Set {Section}__{name} to {remedy}.");
        return null;
    }
}
