using System.Globalization;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Settings of the section <c>Webinars</c>.</summary>
internal sealed record WebinarOptions
{
    public const string Section = "Webinars";

    /// <summary>How long a seat that was given up is kept, in case it was a mistake. 0 to 24 hours; 10 minutes.</summary>
    public TimeSpan UndoPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Registrations a minute that one client may send; a city hall shares one address. 1 or more; 60.</summary>
    public int RegistrationsPerMinute { get; init; } = 60;

    /// <exception cref="InvalidOperationException">A value is out of its range.</exception>
    public static WebinarOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new WebinarOptions();
        return new()
        {
            UndoPeriod = TimeSpan.FromMinutes(Number("UndoMinutes", defaults.UndoPeriod.TotalMinutes, 0, 24 * 60)),
            RegistrationsPerMinute = (int)Number("RegistrationsPerMinute", defaults.RegistrationsPerMinute, 1, 100_000),
        };

        double Number(string name, double fallback, double least, double most) =>
            section[name] is not { Length: > 0 } text ? fallback
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new InvalidOperationException($"{Section}__{name} must be a number from {least} to {most}.");
    }
}
