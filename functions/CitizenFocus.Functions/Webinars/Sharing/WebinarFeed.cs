using System.Text;
using System.Xml;
using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Sharing;

/// <summary>The webinars as an Atom feed (RFC 4287), the latest change first.</summary>
internal static class WebinarFeed
{
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int MaximumEntries = 50;

    /// <summary>Of a feed without entries, which must have one all the same (section 4.1.1) and did not change.</summary>
    private static readonly Instant Never = Instant.FromUtc(2015, 1, 1, 0, 0);

    public static byte[] Write(IEnumerable<Webinar> webinars, Links links, SiteOptions site)
    {
        var latest = webinars.OrderByDescending(ChangeOf).ThenBy(webinar => webinar.Slug.Value, StringComparer.Ordinal).Take(MaximumEntries).ToArray();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "en");
            WriteText(xml, "title", $"{site.Name}: webinars");

            // An id never changes (section 4.2.6): the address that each was first known by.
            WriteText(xml, "id", links.Absolute(links.WebinarsFeed).AbsoluteUri);
            WriteText(xml, "updated", InstantPattern.General.Format(latest is [var last, ..] ? ChangeOf(last) : Never));
            WriteLink(xml, "self", "application/atom+xml", links.Absolute(links.WebinarsFeed));
            WriteLink(xml, "alternate", "text/html", links.Absolute(links.Webinars));
            xml.WriteStartElement("author", Namespace);
            WriteText(xml, "name", site.Name);
            xml.WriteEndElement();
            foreach (var webinar in latest) WriteEntry(xml, webinar, links.Absolute(links.Webinar(webinar.Slug.Value)));
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, Webinar webinar, Uri page)
    {
        xml.WriteStartElement("entry", Namespace);
        WriteText(xml, "title", webinar.IsCalledOff ? $"Cancelled: {webinar.Title}" : webinar.Title);
        WriteText(xml, "id", page.AbsoluteUri);
        WriteText(xml, "updated", InstantPattern.General.Format(ChangeOf(webinar)));
        WriteLink(xml, "alternate", "text/html", page);
        var when = string.Join('\n', WebinarTimes.EachSession(webinar).Append(webinar.Place ?? "Online"));
        WriteText(xml, "summary", webinar.Summary.Length > 0 ? $"{webinar.Summary}\n{when}" : when);
        xml.WriteEndElement();
    }

    private static Instant ChangeOf(Webinar webinar) => webinar.ChangedAt ?? webinar.RevisedAt ?? Never;

    private static void WriteLink(XmlWriter xml, string relation, string type, Uri address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, XmlText(text));

    /// <summary>XML has no way to write U+FFFE, U+FFFF and most control characters (XML 1.0 section 2.2).</summary>
    private static string XmlText(string text) =>
        text.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? text : string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}
