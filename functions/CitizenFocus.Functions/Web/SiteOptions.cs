namespace CitizenFocus.Functions.Web;

/// <summary>Section <c>Site</c> of the configuration.</summary>
internal sealed record SiteOptions
{
    public const string Section = "Site";

    /// <summary>Scheme, host and port under which visitors reach the site: all links are made from it, none from the Host header.</summary>
    public Uri BaseUrl { get; init; } = new("http://localhost:7071/");

    public string Name { get; init; } = "Citizen Focus";

    /// <summary>
    /// The request header in which a trusted proxy names the visitor's address; <see langword="null"/>: the connection's address counts.
    ///
    /// </summary>
    public string? TrustedClientAddressHeader { get; init; }

    /// <summary>Where the source of this site is to be had, absolute; shown in the footer.</summary>
    public string? SourceUrl { get; init; }

    public static SiteOptions Read(Settings settings) => new()
    {
        BaseUrl = settings.Url(nameof(BaseUrl), "such as https://webinars.example.org/") ?? new SiteOptions().BaseUrl,
        Name = settings.Text(nameof(Name)) ?? new SiteOptions().Name,
        TrustedClientAddressHeader = settings.Text(nameof(TrustedClientAddressHeader)),
        SourceUrl = settings.Text(nameof(SourceUrl)),
    };
}
