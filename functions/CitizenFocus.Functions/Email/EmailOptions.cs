using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
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

    /// <summary>By kind of mail, where it comes from somebody else.</summary>
    public IReadOnlyDictionary<string, EmailIdentity> Kinds { get; init; } = new Dictionary<string, EmailIdentity>();

    /// <summary>The senders by their names, the one to be asked first in front.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [PickupSender.ProviderName];

    /// <summary>What each sender may take whose own section does not say.</summary>
    public SendingRate Rate { get; init; } = SendingRate.Unlimited;

    /// <summary>Mail goes to addresses of these domains only, which keeps a site in development from writing to the world; empty: to all.</summary>
    public IReadOnlyList<string> OnlyToDomains { get; init; } = [];

    /// <summary>An existing folder, for the provider "pickup".</summary>
    public string? PickupDirectory { get; init; }

    /// <summary>What stands right of the @ in a Message-ID; by default the domain of <see cref="From"/>.</summary>
    public string MessageIdDomain { get => field ?? From.Domain; init; }

    public EmailIdentity IdentityOf(string? kind) =>
        kind is not null && Kinds.TryGetValue(kind, out var identity) ? identity : new(From, FromName, ReplyTo);

    public static EmailOptions Read(Settings settings)
    {
        var from = Address(settings, nameof(From), "the address that the mail comes from, such as webinars@example.org");
        if (settings.Text(nameof(From)) is null) settings.Fault($"Set {Section}__{nameof(From)} to the address that the mail comes from, such as webinars@example.org.");

        var providers = ReadProviders(settings);
        var pickupDirectory = settings.Text(nameof(PickupDirectory));
        if (providers.Contains(PickupSender.ProviderName) && pickupDirectory is null)
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
            Kinds = settings.Children(nameof(Kinds)).ToDictionary(kind => kind, kind => ReadIdentity(settings, kind, from ?? default)),
            Providers = providers,
            Rate = SendingRate.Read(settings, SendingRate.Unlimited),
            OnlyToDomains = (settings.Text(nameof(OnlyToDomains)) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            PickupDirectory = pickupDirectory,
            MessageIdDomain = domain,
        };
    }

    private static List<string> ReadProviders(Settings settings)
    {
        var named = (settings.Text(nameof(Providers)) ?? PickupSender.ProviderName)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (named.Count == 0 || named.Except(EmailProviders.Known).Any())
        {
            settings.Fault($"Set {Section}__{nameof(Providers)} to one or more of {string.Join(", ", EmailProviders.Known)}, separated by commas, the first to be asked in front.");
        }

        return named;
    }

    private static EmailIdentity ReadIdentity(Settings settings, string kind, EmailAddress otherwise)
    {
        var prefix = $"{nameof(Kinds)}:{kind}:";
        return new(
            Address(settings, prefix + nameof(From), "the address that this kind of mail comes from, or leave it out") ?? otherwise,
            settings.Text(prefix + nameof(FromName)) ?? settings.Text(nameof(FromName)) ?? "Citizen Focus",
            Address(settings, prefix + nameof(ReplyTo), "the address that answers go to, or leave it out")
                ?? Address(settings, nameof(ReplyTo), "the address that answers go to, or leave it out"));
    }

    private static EmailAddress? Address(Settings settings, string name, string remedy)
    {
        if (settings.Text(name) is not { } typed) return null;
        if (EmailAddress.TryParse(typed, out var address)) return address;
        settings.Fault($"Set {Section}__{name.Replace(":", "__", StringComparison.Ordinal)} to {remedy}.");
        return null;
    }
}

/// <summary>Whom a mail comes from.</summary>
/// <param name="ReplyTo"><see langword="null"/>: answers go to <paramref name="From"/>.</param>
internal sealed record EmailIdentity(EmailAddress From, string Name, EmailAddress? ReplyTo);
