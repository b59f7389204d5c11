using System.Xml;
using CitizenFocus.AzureClients.Blobs.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Blobs;

/// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key</remarks>
internal static class UserDelegationKeyXml
{
    public static BinaryData Write(BlobGetUserDelegationKeyOptions options)
    {
        var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, StorageXml.WriterSettings))
        {
            writer.WriteStartElement("KeyInfo");
            if (options.StartsOn is { } startsOn)
            {
                writer.WriteElementString("Start", StorageHeaders.FormatIso8601(startsOn));
            }

            writer.WriteElementString("Expiry", StorageHeaders.FormatIso8601(options.ExpiresOn));
            writer.WriteEndElement();
        }

        return new BinaryData(stream.ToArray());
    }

    public static UserDelegationKey Read(BinaryData xml)
    {
        using var reader = XmlReader.Create(xml.ToStream());
        reader.ReadToFollowing("UserDelegationKey");
        var fields = StorageXml.ReadFields(reader);
        return new UserDelegationKey
        {
            SignedObjectId = fields["SignedOid"],
            SignedTenantId = fields["SignedTid"],
            SignedStartsOn = StorageHeaders.ParseDate(fields["SignedStart"]),
            SignedExpiresOn = StorageHeaders.ParseDate(fields["SignedExpiry"]),
            SignedService = fields["SignedService"],
            SignedVersion = fields["SignedVersion"],
            Value = fields["Value"],
        };
    }
}
