using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CitizenFocus.Functions.Web.Components;

/// <summary>
/// An organiser's Markdown as HTML that can do no harm: raw HTML is shown as text, links go to the web or to a mailbox only,
/// and images become links, since a page asks nothing of another site.
/// </summary>
public sealed class MarkdownText : ComponentBase
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The level that a "#" heading gets, 2 to 6: the page has an h1 already.</summary>
    [Parameter]
    public int TopLevel { get; set; } = 2;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(Text)) return;
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "prose");
        builder.AddMarkupContent(2, ToHtml(Text, TopLevel));
        builder.CloseElement();
    }

    internal static string ToHtml(string text, int topLevel)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var node in document.Descendants().ToList())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    heading.Level = Math.Min(6, heading.Level + topLevel - 1);
                    break;
                case LinkInline link when IsAllowed(link.Url):
                    link.IsImage = false;
                    link.GetAttributes().AddProperty("rel", "noopener");
                    break;
                case LinkInline link:
                    KeepTextOnly(link);
                    break;
                case AutolinkInline link when link.IsEmail || IsAllowed(link.Url):
                    link.GetAttributes().AddProperty("rel", "noopener");
                    break;
                case AutolinkInline link:
                    link.ReplaceBy(new LiteralInline(link.Url));
                    break;
            }
        }

        return document.ToHtml(Pipeline);
    }

    private static bool IsAllowed(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto);

    private static void KeepTextOnly(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }
}
