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

    /// <summary>The level that the highest headings get, 2 to 6: the page has an h1 already.</summary>
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
        LevelHeadings(document, topLevel);
        foreach (var node in document.Descendants().ToList())
        {
            switch (node)
            {
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

    // Whatever level the author began with: the outline begins below what stands above it, and leaves no level out.
    private static void LevelHeadings(MarkdownDocument document, int topLevel)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        if (headings.Count == 0) return;
        var shift = topLevel - headings.Min(heading => heading.Level);
        var above = topLevel - 1;
        foreach (var heading in headings) above = heading.Level = Math.Min(above + 1, Math.Min(6, heading.Level + shift));
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
