using System.Xml;
using System.Xml.Linq;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>An entry of somebody else's feed, as plain text.</summary>
internal sealed record FeedEntry
{
    /// <summary>What it is called there, whatever else of it changes.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The whole of what the feed says of it.</summary>
    public string Text { get; init; } = "";

    public Uri? Link { get; init; }

    public string? Author { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];
}

/// <summary>
/// Reads RSS 0.9x, 1.0 and 2.0 and Atom 1.0. (System.ServiceModel.Syndication makes types by reflection, which trimming
/// warns of, and refuses a feed for one wrong date.)
/// </summary>
internal static class FeedReader
{
    private const int MaxEntries = 500;
    private const int MaxDepth = 256;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace FullContent = "http://purl.org/rss/1.0/modules/content/";

    /// <summary>No DTD, hence no entities that grow, and nothing else is fetched.</summary>
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = SafeHttpFetcher.MaxBytes };

    /// <returns>In the feed's order; <see langword="null"/> where it is no feed.</returns>
    /// <param name="content">The document.</param>
    /// <param name="from">Where it was found: what relative links are relative to.</param>
    public static IReadOnlyList<FeedEntry>? TryRead(byte[] content, Uri from)
    {
        XElement? root;
        try
        {
            if (IsTooDeep(content)) return null;

            using var reader = Open(content);
            root = XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            return null;
        }

        var entries = root?.Name.LocalName switch
        {
            "feed" when root.Name.Namespace == Atom => root.Elements(Atom + "entry").Select(entry => ReadAtom(entry, from)),
            "rss" or "RDF" => root.Descendants().Where(element => element.Name.LocalName == "item").Select(item => ReadRss(item, from)),
            _ => null,
        };
        return entries is null ? null : [.. entries.OfType<FeedEntry>().Take(MaxEntries)];
    }

    /// <summary>For each node an XDocument goes up to the root: of a hundred thousand elements in one another it makes half a minute.</summary>
    private static bool IsTooDeep(byte[] content)
    {
        using var reader = Open(content);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth) return true;
        }

        return false;
    }

    private static XmlReader Open(byte[] content) => XmlReader.Create(new MemoryStream(content), Settings);

    private static FeedEntry? ReadAtom(XElement entry, Uri from)
    {
        var links = entry.Elements(Atom + "link").Where(link => (string?)link.Attribute("rel") is null or "alternate");
        var link = LinkOf((string?)links.FirstOrDefault()?.Attribute("href"), from);
        var author = entry.Element(Atom + "author")?.Element(Atom + "name")?.Value;
        var topics = entry.Elements(Atom + "category").Select(category => (string?)category.Attribute("label") ?? (string?)category.Attribute("term"));
        return Entry(
            entry.Element(Atom + "id")?.Value,
            HtmlText.Line(AtomText(entry.Element(Atom + "title"))),
            HtmlText.Text(AtomText(entry.Element(Atom + "content") ?? entry.Element(Atom + "summary"))),
            link,
            author,
            topics);
    }

    /// <summary>RFC 4287 section 3.1: plain text, HTML in XML's escapes, or XHTML as it stands. As HTML.</summary>
    private static string AtomText(XElement? construct) => (string?)construct?.Attribute("type") switch
    {
        _ when construct is null => "",
        "html" or "text/html" => construct.Value,
        "xhtml" => string.Concat(construct.Nodes()),
        _ => System.Net.WebUtility.HtmlEncode(construct.Value),
    };

    private static FeedEntry? ReadRss(XElement item, Uri from)
    {
        // 0.9x and 2.0 have no namespace, 1.0 and 0.90 have one each.
        string? Value(string name) => item.Elements().FirstOrDefault(element => element.Name.LocalName == name && element.Name.Namespace == item.Name.Namespace)?.Value;
        var about = item.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "about")?.Value;
        var guid = item.Elements().FirstOrDefault(element => element.Name.LocalName == "guid");
        var link = Value("link") ?? (guid is not null && (string?)guid.Attribute("isPermaLink") != "false" ? guid.Value : null);
        return Entry(
            guid?.Value ?? about,
            HtmlText.Line(Value("title") ?? ""),
            HtmlText.Text(item.Element(FullContent + "encoded")?.Value ?? Value("description") ?? ""),
            LinkOf(link, from),
            item.Element(DublinCore + "creator")?.Value,
            item.Elements().Where(element => element.Name.LocalName is "category" or "subject").Select(element => element.Value));
    }

    /// <returns><see langword="null"/> where there is nothing to call it by, or no title.</returns>
    private static FeedEntry? Entry(string? id, string title, string text, Uri? link, string? author, IEnumerable<string?> topics)
    {
        var name = string.IsNullOrWhiteSpace(id) ? link?.AbsoluteUri : id.Trim();
        if (title.Length == 0) title = HtmlText.Line(text.Split('\n')[0]);
        return title.Length == 0 ? null : new()
        {
            Id = name ?? title,
            Title = title,
            Text = text,
            Link = link,
            Author = author is null ? null : HtmlText.Line(author),
            Topics = [.. topics.OfType<string>().Select(HtmlText.Line).Where(topic => topic.Length > 0)],
        };
    }

    private static Uri? LinkOf(string? written, Uri from) =>
        !string.IsNullOrWhiteSpace(written) && Uri.TryCreate(from, written.Trim(), out var link) ? FieldReader.ParseHttps(link.AbsoluteUri) : null;
}
