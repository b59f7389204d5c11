using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Section <c>Webinars</c> of the configuration.</summary>
internal sealed record WebinarOptions
{
    public const string Section = "Webinars";

    /// <summary>How long a seat that was given up is kept, in case it was a mistake: 0 to 1,440 minutes.</summary>
    public TimeSpan UndoPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Registrations a minute that one client may send, 1 to 100,000; a whole city hall may share one address.</summary>
    public int RegistrationsPerMinute { get; init; } = 60;

    /// <summary>"Send me my confirmation again", a minute and client, 1 to 100,000.</summary>
    public int ConfirmationRequestsPerMinute { get; init; } = 10;

    public static WebinarOptions Read(Settings settings) => new()
    {
        UndoPeriod = TimeSpan.FromMinutes(settings.Integer("UndoMinutes", 10, 0, 1_440)),
        RegistrationsPerMinute = settings.Integer(nameof(RegistrationsPerMinute), 60, 1, 100_000),
        ConfirmationRequestsPerMinute = settings.Integer(nameof(ConfirmationRequestsPerMinute), 10, 1, 100_000),
    };
}
