using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>What a sender's section says of its limits.</summary>
/// <param name="PerMinute">0: no limit; <see langword="null"/>: it does not say.</param>
/// <param name="PerHour">0: no limit; <see langword="null"/>: it does not say.</param>
internal sealed record SendingLimits(int? PerMinute, int? PerHour)
{
    private const int Most = 10_000_000;

    public static readonly SendingLimits NotSet = new(null, null);

    public static SendingLimits Read(Settings settings) => new(Read(settings, "MessagesPerMinute"), Read(settings, "MessagesPerHour"));

    /// <param name="otherwise">What counts for a limit of which nothing is said.</param>
    public SendingRate Or(SendingRate otherwise) => new(Or(PerMinute, otherwise.PerMinute), Or(PerHour, otherwise.PerHour));

    private static int? Read(Settings settings, string name) => settings.Text(name) is null ? null : settings.Integer(name, 0, 0, Most);

    private static int? Or(int? limit, int? otherwise) => limit is { } said ? (said > 0 ? said : null) : otherwise;
}
