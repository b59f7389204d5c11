namespace CitizenFocus.Functions.Web;

internal sealed record SiteOptions
{
    public Uri BaseUrl { get; init; } = new("http://localhost:7071");
    public string Name { get; init; } = "Citizen Focus";
    public string? SourceUrl { get; init; }
}

internal sealed class AssetUrls
{
    public string Stylesheet => "/assets/site.css";
    public string Script => "/assets/site.js";
    public string Favicon => "/assets/favicon.svg";
}

public sealed record ValidationError(string Field, string Message);

public sealed class ValidationErrors : System.Collections.ObjectModel.Collection<ValidationError>
{
    public void Add(string field, string message) => Add(new(field, message));
    public string? this[string field] => this.FirstOrDefault(e => e.Field == field)?.Message;
}
