namespace CitizenFocus.Functions.Web;

internal sealed class AssetUrls
{
    public string Stylesheet => "/assets/site.css";

    public string Script => "/assets/site.js";

    public string Favicon => "/assets/favicon.svg";
}
