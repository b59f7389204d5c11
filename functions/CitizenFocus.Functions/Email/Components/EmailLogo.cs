using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Components;

/// <summary>The one image in our e-mails, and the name beside it, which says it all where the image is blocked.</summary>
public sealed record EmailLogo(Uri Image, string Name)
{
    /// <summary>In CSS pixels; the file has three times as many, for dense screens.</summary>
    public const int Size = 32;

    internal static EmailLogo Of(Assets assets, Links links, SiteOptions site) => new(links.Absolute(assets.UrlOf("logo.png")), site.Name);
}
