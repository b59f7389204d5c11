using System.Globalization;
using System.Xml;
using CitizenFocus.AzureClients.Queues.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <summary>The queue service's XML: one <c>QueueMessagesList</c> of <c>QueueMessage</c> for whatever was asked.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-messages#response-body</remarks>
internal static class QueueMessageXml
{
    public static BinaryData Write(string text)
    {
        var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, StorageXml.WriterSettings))
        {
            writer.WriteStartElement("QueueMessage");
            writer.WriteElementString("MessageText", text);
            writer.WriteEndElement();
        }

        return new BinaryData(stream.ToArray());
    }

    public static SendReceipt ReadSendReceipt(BinaryData xml)
    {
        var message = Read(xml).Single();
        return new SendReceipt(
            message["MessageId"],
            StorageHeaders.ParseDate(message["InsertionTime"]),
            StorageHeaders.ParseDate(message["ExpirationTime"]),
            message["PopReceipt"],
            StorageHeaders.ParseDate(message["TimeNextVisible"]));
    }

    public static QueueMessage[] ReadMessages(BinaryData xml, QueueMessageEncoding encoding) =>
    [
        .. Read(xml).Select(message => new QueueMessage(
            message["MessageId"],
            message["PopReceipt"],
            Decode(message["MessageText"], encoding),
            long.Parse(message["DequeueCount"], CultureInfo.InvariantCulture),
            StorageHeaders.ParseDate(message["TimeNextVisible"]),
            StorageHeaders.ParseDate(message["InsertionTime"]),
            StorageHeaders.ParseDate(message["ExpirationTime"]))),
    ];

    public static PeekedMessage[] ReadPeekedMessages(BinaryData xml, QueueMessageEncoding encoding) =>
    [
        .. Read(xml).Select(message => new PeekedMessage(
            message["MessageId"],
            Decode(message["MessageText"], encoding),
            long.Parse(message["DequeueCount"], CultureInfo.InvariantCulture),
            StorageHeaders.ParseDate(message["InsertionTime"]),
            StorageHeaders.ParseDate(message["ExpirationTime"]))),
    ];

    private static BinaryData Decode(string text, QueueMessageEncoding encoding) => encoding == QueueMessageEncoding.Base64
        ? new BinaryData(Convert.FromBase64String(text))
        : new BinaryData(text);

    private static List<Dictionary<string, string>> Read(BinaryData xml)
    {
        var messages = new List<Dictionary<string, string>>();
        using var reader = XmlReader.Create(xml.ToStream());
        reader.ReadToFollowing("QueueMessagesList");
        while (reader.ReadToFollowing("QueueMessage"))
        {
            messages.Add(StorageXml.ReadFields(reader));
        }

        return messages;
    }
}
