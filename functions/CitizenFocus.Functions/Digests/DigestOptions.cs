using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Digests;

/// <summary>Section <c>Digest</c> of the configuration.</summary>
internal sealed record DigestOptions
{
    public const string Section = "Digest";

    private const string DefaultTime = "08:00";
    private const string DefaultZone = "Europe/Brussels";

    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly string[] Days = [.. Enum.GetNames<IsoDayOfWeek>().Where(day => day != nameof(IsoDayOfWeek.None))];

    public IsoDayOfWeek Day { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>In <see cref="Zone"/>.</summary>
    public LocalTime Time { get; init; } = new(8, 0);

    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb[DefaultZone];

    /// <summary>Forms a minute that one client may send, 1 to 100,000.</summary>
    public int SubscriptionsPerMinute { get; init; } = 5;

    /// <summary>Forms a minute that may come from one network (IPv4 /24, IPv6 /48), 1 to 100,000.</summary>
    public int SubscriptionsPerNetworkAndMinute { get; init; } = 20;

    public static DigestOptions Read(Settings settings) => new()
    {
        Day = Enum.Parse<IsoDayOfWeek>(settings.Choice(nameof(Day), nameof(IsoDayOfWeek.Monday), Days)),
        Time = ReadTime(settings),
        Zone = ReadZone(settings),
        SubscriptionsPerMinute = settings.Integer(nameof(SubscriptionsPerMinute), 5, 1, 100_000),
        SubscriptionsPerNetworkAndMinute = settings.Integer(nameof(SubscriptionsPerNetworkAndMinute), 20, 1, 100_000),
    };

    private static LocalTime ReadTime(Settings settings)
    {
        if (TimePattern.Parse(settings.Text(nameof(Time)) ?? DefaultTime).TryGetValue(default, out var time)) return time;
        settings.Fault($"{Settings.Variable(Section, nameof(Time))} must be a time of day such as 08:00. Remove it for the default, {DefaultTime}.");
        return default;
    }

    private static DateTimeZone ReadZone(Settings settings)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Text("TimeZone") ?? DefaultZone) is { } zone) return zone;
        settings.Fault($"{Settings.Variable(Section, "TimeZone")} must be an IANA time zone such as {DefaultZone}, which is the default.");
        return DateTimeZone.Utc;
    }
}
