namespace CitizenFocus.Functions.Web;

/// <summary>Section "Site".</summary>
public sealed record SiteOptions
{
    public required Uri BaseUrl { get; init; }

    public string Name { get; init; } = "Citizen Focus";
}
