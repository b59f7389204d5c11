using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Web;

internal static class SettingsRegistration
{
    /// <summary>
    /// Registers <typeparamref name="T"/> itself: read once, checked when the host starts by every
    /// <see cref="IValidateOptions{T}"/> that is registered beside it.
    /// </summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section, Func<Settings, T> read)
        where T : class
    {
        services.AddSingleton(provider => new SettingsSection<T>(
            provider.GetRequiredService<IConfiguration>(), section, read, provider.GetServices<IValidateOptions<T>>()));
        services.AddSingleton<ISettingsSection>(provider => provider.GetRequiredService<SettingsSection<T>>());
        services.AddSingleton(provider => provider.GetRequiredService<SettingsSection<T>>().Value);
        return services;
    }
}

internal interface ISettingsSection
{
    IReadOnlyList<string> Faults { get; }

    /// <summary>The variables that it reads.</summary>
    IReadOnlyCollection<string> Names { get; }
}

/// <summary>One section as <typeparamref name="T"/>, with the faults of its reading and of its validators.</summary>
internal sealed class SettingsSection<T> : ISettingsSection where T : class
{
    private readonly T _value;

    public SettingsSection(IConfiguration configuration, string section, Func<Settings, T> read, IEnumerable<IValidateOptions<T>> validators)
    {
        var settings = new Settings(configuration, section);
        _value = read(settings);
        Names = settings.Names;
        Faults =
        [
            .. settings.Faults,
            .. validators.Select(validator => validator.Validate(null, _value)).Where(result => result.Failed).SelectMany(result => result.Failures ?? []),
        ];
    }

    public IReadOnlyList<string> Faults { get; }

    public IReadOnlyCollection<string> Names { get; }

    /// <exception cref="OptionsValidationException">The section has faults.</exception>
    public T Value => Faults.Count == 0 ? _value : throw new OptionsValidationException(typeof(T).Name, typeof(T), Faults);
}

/// <summary>Before anything starts, the faults of all sections in one exception: an operator mends them in one go.</summary>
internal sealed class SettingsCheck(IEnumerable<ISettingsSection> sections) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var faults = sections.SelectMany(section => section.Faults).ToList();
        return faults.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException("settings", typeof(Settings), faults.Select(fault => Environment.NewLine + "  " + fault));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
