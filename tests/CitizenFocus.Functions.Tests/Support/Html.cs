using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>
/// Parses pages, and holds each against the rules of the house on the way: a test of anything on a page also proves that
/// the page has a language, a title, one heading, labels, unique ids, and nothing that the content security policy would block.
/// </summary>
internal static class Html
{
    private const string Controls = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image]), select, textarea";

    public static IHtmlDocument Parse(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        var breaches = Breaches(document).ToList();
        Assert.True(breaches.Count == 0, $"The page breaks the rules of the house:{Environment.NewLine}{string.Join(Environment.NewLine, breaches)}");
        return document;
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return Parse(await response.Content.ReadAsStringAsync());
    }

    public static IEnumerable<string> Breaches(IHtmlDocument document)
    {
        if (document.Doctype is null) yield return "No <!DOCTYPE html>.";
        if (string.IsNullOrWhiteSpace(document.DocumentElement.GetAttribute("lang"))) yield return "<html> has no lang.";
        if (string.IsNullOrWhiteSpace(document.Title)) yield return "The title is missing or empty.";

        var headings = document.QuerySelectorAll("h1");
        if (headings.Length != 1 || string.IsNullOrWhiteSpace(headings[0].TextContent)) yield return $"There must be exactly one h1 with text, not {headings.Length}.";

        var ids = document.All.Select(element => element.GetAttribute("id")).OfType<string>().ToList();
        foreach (var id in ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1)) yield return $"The id '{id.Key}' is not unique.";

        foreach (var control in document.QuerySelectorAll(Controls).Where(control => !IsLabelled(control))) yield return $"No label: {Tag(control)}";
        foreach (var button in document.QuerySelectorAll("button, a[href]").Where(button => !HasName(button))) yield return $"No text: {Tag(button)}";
        foreach (var image in document.QuerySelectorAll("img:not([alt])")) yield return $"No alt: {Tag(image)}";
        foreach (var breach in DanglingReferences(document)) yield return breach;
        foreach (var breach in InlineCode(document)) yield return breach;
    }

    private static IEnumerable<string> DanglingReferences(IHtmlDocument document)
    {
        foreach (var element in document.All)
        {
            foreach (var attribute in new[] { "for", "aria-describedby", "aria-labelledby", "aria-errormessage" })
            {
                foreach (var id in (element.GetAttribute(attribute) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (document.GetElementById(id) is null) yield return $"{attribute} names '{id}', which is not on the page: {Tag(element)}";
                }
            }

            if (element.GetAttribute("href") is ['#', _, ..] fragment && document.GetElementById(fragment[1..]) is null)
            {
                yield return $"A link to '{fragment}', which is not on the page.";
            }
        }
    }

    private static IEnumerable<string> InlineCode(IHtmlDocument document)
    {
        if (document.QuerySelector("style, [style]") is { } style) yield return $"Inline style: {Tag(style)}";

        // Data blocks such as application/ld+json do not run.
        foreach (var script in document.QuerySelectorAll("script:not([src])").Where(script => script.GetAttribute("type")?.EndsWith("json", StringComparison.Ordinal) != true))
        {
            yield return $"Inline script: {Tag(script)}";
        }

        foreach (var element in document.All)
        {
            if (element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))) yield return $"Inline handler: {Tag(element)}";
            if (element.Attributes.Any(attribute => attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))) yield return $"A javascript: address: {Tag(element)}";
        }
    }

    private static bool IsLabelled(IElement control) =>
        HasText(control.GetAttribute("aria-label"))
        || (control.GetAttribute("aria-labelledby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(id => HasText(control.Owner!.GetElementById(id)?.TextContent))
        || HasText(control.Closest("label")?.TextContent)
        || (control.Id is { Length: > 0 } name && control.Owner!.QuerySelectorAll("label").Any(label => label.GetAttribute("for") == name && HasText(label.TextContent)));

    private static bool HasName(IElement element) =>
        HasText(element.TextContent) || HasText(element.GetAttribute("aria-label")) || element.QuerySelectorAll("img[alt], svg[aria-label], svg title").Length > 0;

    private static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);

    private static string Tag(IElement element) => $"<{element.LocalName}{string.Concat(element.Attributes.Select(attribute => $" {attribute.Name}=\"{attribute.Value}\""))}>";
}
