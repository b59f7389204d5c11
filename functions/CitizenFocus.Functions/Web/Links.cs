namespace CitizenFocus.Functions.Web;

/// <summary>The only source of URLs.</summary>
public sealed class Links(SiteOptions site)
{
    public string Home => "/";

    public string Webinar(string slug) => "/webinars/" + slug;

    public Uri Absolute(string path) => new(site.BaseUrl, path);
}
