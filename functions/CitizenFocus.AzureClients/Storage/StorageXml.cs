using System.Text;
using System.Xml;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>How the services' XML is written and read.</summary>
internal static class StorageXml
{
    public static readonly XmlWriterSettings WriterSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A carriage return that is not written as &#xD; is read as a line feed.
        NewLineHandling = NewLineHandling.Entitize,
        // What XML cannot hold is for the service to refuse, as it does with the official clients.
        CheckCharacters = false,
    };

    /// <summary>The texts of the elements in the one that the reader is at, by name.</summary>
    public static Dictionary<string, string> ReadFields(XmlReader reader)
    {
        var fields = new Dictionary<string, string>();
        using var element = reader.ReadSubtree();
        element.MoveToContent();
        element.ReadStartElement();
        while (element.MoveToContent() == XmlNodeType.Element)
        {
            var name = element.LocalName;
            fields[name] = element.ReadElementContentAsString();
        }

        return fields;
    }
}
