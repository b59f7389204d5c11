using System.Text;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>An Atom feed (RFC 4287), whole or a page of one (RFC 5005 section 3).</summary>
internal sealed record AtomFeed
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>Of a feed without entries, which must have one all the same (section 4.1.1) and did not change.</summary>
    public static readonly Instant Never = Instant.FromUtc(2015, 1, 1, 0, 0);

    public required string Title { get; init; }

    /// <summary>Who stands behind the entries that name nobody.</summary>
    public required string Author { get; init; }

    /// <summary>Never changes (section 4.2.6), and is the same on all pages: the address of the first.</summary>
    public required Uri Id { get; init; }

    /// <summary>This page's address.</summary>
    public required Uri Self { get; init; }

    /// <summary>The same for people.</summary>
    public required Uri Alternate { get; init; }

    /// <summary>The page of those after it, which are older.</summary>
    public Uri? Next { get; init; }

    /// <summary>The page of those before it; <see langword="null"/> on the first.</summary>
    public Uri? Previous { get; init; }

    public required IReadOnlyList<AtomEntry> Entries { get; init; }

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "en");
            WriteText(xml, "title", Title);
            WriteText(xml, "id", Id.AbsoluteUri);
            WriteTime(xml, "updated", Entries.Select(entry => entry.Updated).DefaultIfEmpty(Never).Max());
            WriteLink(xml, "self", "application/atom+xml", Self);
            WriteLink(xml, "alternate", "text/html", Alternate);
            if (Previous is not null || Next is not null) WriteLink(xml, "first", "application/atom+xml", Id);
            if (Previous is not null) WriteLink(xml, "previous", "application/atom+xml", Previous);
            if (Next is not null) WriteLink(xml, "next", "application/atom+xml", Next);
            WriteAuthor(xml, Author);
            foreach (var entry in Entries) WriteEntry(xml, entry);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, AtomEntry entry)
    {
        xml.WriteStartElement("entry", Namespace);
        WriteText(xml, "title", entry.Title);
        WriteText(xml, "id", entry.Page.AbsoluteUri);
        if (entry.Published is { } published) WriteTime(xml, "published", published);
        WriteTime(xml, "updated", entry.Updated);
        WriteLink(xml, "alternate", "text/html", entry.Page);
        if (entry.Author is not null) WriteAuthor(xml, entry.Author);
        foreach (var topic in entry.Topics)
        {
            xml.WriteStartElement("category", Namespace);
            xml.WriteAttributeString("term", XmlText(topic));
            xml.WriteEndElement();
        }

        WriteText(xml, "summary", entry.Summary);
        if (entry.ContentHtml is { } html)
        {
            xml.WriteStartElement("content", Namespace);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(XmlText(html));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        WriteText(xml, "name", name);
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string relation, string type, Uri address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }

    private static void WriteTime(XmlWriter xml, string name, Instant time) => WriteText(xml, name, InstantPattern.General.Format(time));

    private static void WriteText(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, XmlText(text));

    /// <summary>XML has no way to write U+FFFE, U+FFFF and most control characters (XML 1.0 section 2.2).</summary>
    private static string XmlText(string text) =>
        text.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? text : string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}

internal sealed record AtomEntry
{
    /// <summary>Its page, whose address is its id: the one that it was first known by.</summary>
    public required Uri Page { get; init; }

    public required string Title { get; init; }

    public Instant? Published { get; init; }

    public required Instant Updated { get; init; }

    /// <summary>Plain text.</summary>
    public required string Summary { get; init; }

    /// <summary>HTML that can do no harm.</summary>
    public string? ContentHtml { get; init; }

    public string? Author { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];
}
