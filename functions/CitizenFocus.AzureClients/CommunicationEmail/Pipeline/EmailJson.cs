using System.Buffers;
using System.Text.Json;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>An e-mail as the service reads it. What is not set is left out.</summary>
internal static class EmailJson
{
    public static ReadOnlyMemory<byte> Write(EmailMessage email)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteHeaders(json, email.Headers);
            json.WriteString("senderAddress"u8, email.SenderAddress);
            WriteContent(json, email.Content);
            json.WriteStartObject("recipients"u8);
            WriteAddresses(json, "to"u8, email.Recipients.To, isRequired: true);
            WriteAddresses(json, "cc"u8, email.Recipients.CC);
            WriteAddresses(json, "bcc"u8, email.Recipients.BCC);
            json.WriteEndObject();
            WriteAttachments(json, email.Attachments);
            WriteAddresses(json, "replyTo"u8, email.ReplyTo);
            if (email.UserEngagementTrackingDisabled is { } disabled) json.WriteBoolean("userEngagementTrackingDisabled"u8, disabled);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteHeaders(Utf8JsonWriter json, IDictionary<string, string> headers)
    {
        if (headers.Count == 0) return;
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in headers) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, EmailContent content)
    {
        json.WriteStartObject("content"u8);
        json.WriteString("subject"u8, content.Subject);
        if (content.PlainText is not null) json.WriteString("plainText"u8, content.PlainText);
        if (content.Html is not null) json.WriteString("html"u8, content.Html);
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, ReadOnlySpan<byte> name, IList<EmailAddress> addresses, bool isRequired = false)
    {
        if (addresses.Count == 0 && !isRequired) return;
        json.WriteStartArray(name);
        foreach (var address in addresses)
        {
            json.WriteStartObject();
            json.WriteString("address"u8, address.Address);
            if (!string.IsNullOrEmpty(address.DisplayName)) json.WriteString("displayName"u8, address.DisplayName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttachments(Utf8JsonWriter json, IList<EmailAttachment> attachments)
    {
        if (attachments.Count == 0) return;
        json.WriteStartArray("attachments"u8);
        foreach (var attachment in attachments)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, attachment.Name);
            json.WriteString("contentType"u8, attachment.ContentType);
            json.WriteBase64String("contentInBase64"u8, attachment.Content.ToMemory().Span);
            if (attachment.ContentId is { } id) json.WriteString("contentId"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
