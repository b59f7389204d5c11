using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Email.Senders;

/// <summary>Checks a sender's section only where mail goes that way: else it may be as it will.</summary>
/// <param name="configuration">Which senders there are is read from it, and not from <see cref="EmailOptions"/>: whose own faults would hide these.</param>
/// <param name="provider">One of <see cref="EmailProviders"/>.</param>
/// <param name="section">The sender's.</param>
internal abstract class SenderOptionsValidator<T>(IConfiguration configuration, string provider, string section) : IValidateOptions<T>
    where T : class
{
    private const string ProvidersKey = EmailOptions.Section + ":" + nameof(EmailOptions.Providers);

    protected string ProvidersVariable { get; } = Settings.Variable(EmailOptions.Section, nameof(EmailOptions.Providers));

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = IsUsed() ? FaultsOf(options).ToList() : [];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Each says the remedy.</summary>
    protected abstract IEnumerable<string> FaultsOf(T options);

    protected string Variable(string name) => Settings.Variable(section, name);

    private bool IsUsed() => (configuration[ProvidersKey] ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(provider);
}
