using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CitizenFocus.AzureClients.SendGrid.Helpers.Mail;

namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>Writes the body of mail/send, member by member: no reflection, and a thousand recipients in one buffer.</summary>
internal static class MailJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static HttpContent Content(SendGridMessage message) => new ReadOnlyMemoryContent(Bytes(message))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    public static string Write(SendGridMessage message) => Encoding.UTF8.GetString(Bytes(message).Span);

    private static ReadOnlyMemory<byte> Bytes(SendGridMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, message);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, SendGridMessage message)
    {
        json.WriteStartObject();
        Write(json, "from", message.From);
        WriteText(json, "subject", message.Subject);
        WriteList(json, "personalizations", message.Personalizations, Write);
        WriteList(json, "content", message.Contents, Write);
        WriteList(json, "attachments", message.Attachments, Write);
        Write(json, "headers", message.Headers);
        WriteList(json, "categories", message.Categories, static (json, category) => json.WriteStringValue(category));
        Write(json, "custom_args", message.CustomArgs);
        if (message.MailSettings is { } mail) WriteSwitch(json, "mail_settings", ("sandbox_mode", mail.SandboxMode is { } sandbox ? [("enable", sandbox.Enable)] : null));
        if (message.TrackingSettings is { } tracking)
        {
            WriteSwitch(
                json,
                "tracking_settings",
                ("click_tracking", tracking.ClickTracking is { } click ? [("enable", click.Enable), ("enable_text", click.EnableText)] : null),
                ("open_tracking", tracking.OpenTracking is { } open ? [("enable", open.Enable)] : null));
        }

        Write(json, "reply_to", message.ReplyTo);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Personalization personalization)
    {
        json.WriteStartObject();
        WriteList(json, "to", personalization.Tos, Write);
        WriteText(json, "subject", personalization.Subject);
        Write(json, "headers", personalization.Headers);
        Write(json, "substitutions", personalization.Substitutions);
        Write(json, "custom_args", personalization.CustomArgs);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EmailAddress address)
    {
        json.WriteStartObject();
        json.WriteString("email", address.Email);
        WriteText(json, "name", address.Name);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Content content)
    {
        json.WriteStartObject();
        json.WriteString("type", content.Type);
        json.WriteString("value", content.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Attachment attachment)
    {
        json.WriteStartObject();
        WriteText(json, "content", attachment.Content);
        WriteText(json, "type", attachment.Type);
        WriteText(json, "filename", attachment.Filename);
        WriteText(json, "disposition", attachment.Disposition);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, EmailAddress? address)
    {
        if (address is null) return;
        json.WritePropertyName(name);
        Write(json, address);
    }

    private static void Write(Utf8JsonWriter json, string name, Dictionary<string, string>? pairs)
    {
        if (pairs is null) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, List<T>? items, Action<Utf8JsonWriter, T> write)
    {
        if (items is null) return;
        json.WriteStartArray(name);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    private static void WriteSwitch(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, (string Name, bool? Value)[]? Settings)> switches)
    {
        json.WriteStartObject(name);
        foreach (var (member, settings) in switches)
        {
            if (settings is null) continue;
            json.WriteStartObject(member);
            foreach (var (setting, value) in settings)
            {
                if (value is { } set) json.WriteBoolean(setting, set);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
