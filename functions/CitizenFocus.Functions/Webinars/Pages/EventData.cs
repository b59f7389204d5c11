using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Sharing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// The webinar for search engines. A data block runs nothing (HTML, "prepare the script element": it ends at the type, before
/// any content security policy is asked), so the policy needs no exception for it.
/// </summary>
public sealed class EventData : ComponentBase
{
    [Inject]
    internal Links Links { get; set; } = default!;

    [Inject]
    internal AssetUrls Files { get; set; } = default!;

    [Inject]
    internal SiteOptions Site { get; set; } = default!;

    [Parameter, EditorRequired]
    public WebinarPageModel Model { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder) =>
        builder.AddMarkupContent(0, $"<script type=\"application/ld+json\">{EventJson.Of(Model, Links, Site, Files.Card)}</script>");
}
