using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Section <c>Commitments</c> of the configuration.</summary>
internal sealed record CommitmentOptions
{
    public const string Section = "Commitments";

    private const int MostFeeds = 20;

    /// <summary>RSS and Atom feeds whose new entries become proposals, asked once an hour.</summary>
    public IReadOnlyList<Uri> FeedUrls { get; init; } = [];

    /// <summary>Proposals a minute that one client may send, 1 to 100,000.</summary>
    public int ProposalsPerMinute { get; init; } = 5;

    public static CommitmentOptions Read(Settings settings)
    {
        var typed = (settings.Text(nameof(FeedUrls)) ?? "").Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var urls = typed.Select(FieldReader.ParseHttps).ToList();
        if (urls.Contains(null)) settings.Fault($"{Settings.Variable(Section, nameof(FeedUrls))} must be addresses of feeds that begin with https://, separated by commas. Remove it to read none.");
        if (urls.Count > MostFeeds) settings.Fault($"{Settings.Variable(Section, nameof(FeedUrls))} has more than {MostFeeds} addresses. Remove some.");
        return new()
        {
            FeedUrls = [.. urls.OfType<Uri>().Distinct()],
            ProposalsPerMinute = settings.Integer(nameof(ProposalsPerMinute), 5, 1, 100_000),
        };
    }
}
