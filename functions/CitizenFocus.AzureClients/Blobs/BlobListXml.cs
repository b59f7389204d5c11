using System.Globalization;
using System.Xml;
using Azure;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>A page of a container's listing.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/list-blobs#response-body</remarks>
internal static class BlobListXml
{
    public static Page<BlobItem> Read(Response response)
    {
        var blobs = new List<BlobItem>();
        string? continuationToken = null;
        using var reader = XmlReader.Create(response.Content.ToStream());
        reader.ReadToFollowing("EnumerationResults");
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.LocalName == "Blob")
            {
                blobs.Add(ReadBlob(reader));
            }
            else if (reader.LocalName == "NextMarker")
            {
                continuationToken = reader.ReadString();
            }
        }

        return Page<BlobItem>.FromValues(blobs, continuationToken, response);
    }

    private static BlobItem ReadBlob(XmlReader reader)
    {
        var name = "";
        var properties = new Dictionary<string, string>();
        var metadata = new Dictionary<string, string>();
        using var blob = reader.ReadSubtree();
        while (blob.Read())
        {
            if (blob.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (blob.LocalName)
            {
                case "Name":
                    name = ReadName(blob);
                    break;
                case "Properties":
                    properties = StorageXml.ReadFields(blob);
                    break;
                case "Metadata":
                    metadata = StorageXml.ReadFields(blob);
                    break;
            }
        }

        return new BlobItem(name, ToProperties(properties), new Dictionary<string, string>(metadata, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A name with characters that XML cannot hold comes percent-encoded, and says so.</summary>
    private static string ReadName(XmlReader reader)
    {
        var encoded = reader.GetAttribute("Encoded") == "true";
        var name = reader.ReadString();
        return encoded ? Uri.UnescapeDataString(name) : name;
    }

    private static BlobItemProperties ToProperties(Dictionary<string, string> fields) => new()
    {
        LastModified = Date(fields, "Last-Modified"),
        CreatedOn = Date(fields, "Creation-Time"),
        ContentLength = Text(fields, "Content-Length") is { } length ? long.Parse(length, CultureInfo.InvariantCulture) : null,
        ContentType = Text(fields, "Content-Type"),
        ContentEncoding = Text(fields, "Content-Encoding"),
        ContentLanguage = Text(fields, "Content-Language"),
        ContentDisposition = Text(fields, "Content-Disposition"),
        CacheControl = Text(fields, "Cache-Control"),
        ContentHash = Text(fields, "Content-MD5") is { } hash ? Convert.FromBase64String(hash) : null,
        BlobType = BlobHeaders.ParseBlobType(Text(fields, "BlobType")),
        ETag = Text(fields, "Etag") is { } etag ? new ETag(etag) : null,
    };

    private static string? Text(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static DateTimeOffset? Date(Dictionary<string, string> fields, string name) =>
        Text(fields, name) is { } value ? StorageHeaders.ParseDate(value) : null;
}
