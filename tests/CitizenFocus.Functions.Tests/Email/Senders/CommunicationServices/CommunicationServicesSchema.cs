using System.Net.Mail;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

/// <summary>
/// The definition EmailMessage of CommunicationServicesEmail.json 2025-09-01 (azure-rest-api-specs), the limits of the
/// service's documentation, and its list of attachments' types. What the definition does not name is not allowed.
/// </summary>
internal static class CommunicationServicesSchema
{
    public const int MaxOctets = 10 * 1024 * 1024;
    private const int MaxRecipients = 50;

    private static readonly string[] AttachmentTypes = ["text/calendar", "text/plain", "text/csv", "application/pdf", "image/png", "image/jpeg"];

    /// <exception cref="SchemaException">Names what is wrong.</exception>
    public static ReceivedMail Read(string? contentType, byte[] body)
    {
        Require(MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType == "application/json", "Content-Type");
        using var document = JsonDocument.Parse(body);
        var mail = document.RootElement;
        Require(mail, "message", ["senderAddress", "content", "recipients"], ["headers", "attachments", "replyTo", "userEngagementTrackingDisabled"]);
        Require(mail.GetProperty("userEngagementTrackingDisabled").ValueKind == JsonValueKind.True, "tracking");

        var content = mail.GetProperty("content");
        Require(content, "content", ["subject"], ["plainText", "html"]);
        Require(content.TryGetProperty("plainText", out var text) | content.TryGetProperty("html", out var html), "no content");

        var recipients = mail.GetProperty("recipients");
        Require(recipients, "recipients", ["to"], ["cc", "bcc"]);
        var to = Addresses(recipients, "to");
        Require(to.Count + Addresses(recipients, "cc").Count + Addresses(recipients, "bcc").Count is > 0 and <= MaxRecipients, "recipients");

        return new()
        {
            From = Address(Text(mail.GetProperty("senderAddress"))),
            To = to.Single().Address,
            ToName = to.Single().Name,
            ReplyTo = Addresses(mail, "replyTo").SingleOrDefault().Address,
            Subject = Text(content.GetProperty("subject")),
            Text = Text(text),
            Html = Text(html),
            Headers = Headers(mail),
            Files = mail.TryGetProperty("attachments", out var files) ? [.. Items(files).Select(File)] : [],
        };
    }

    private static Dictionary<string, string> Headers(JsonElement mail)
    {
        if (!mail.TryGetProperty("headers", out var headers)) return [];
        Require(headers.ValueKind == JsonValueKind.Object, "headers");
        var read = headers.EnumerateObject().ToDictionary(header => header.Name, header => Text(header.Value), StringComparer.OrdinalIgnoreCase);
        Require(read.All(header => header.Key.All(c => c is > ' ' and < '\x7f' and not ':') && header.Value.Length > 0 && !header.Value.Any(char.IsControl)), "a header's name or value");
        return read;
    }

    private static List<(string Address, string? Name)> Addresses(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var list)) return [];
        return [.. Items(list).Select(item =>
        {
            Require(item, name, ["address"], ["displayName"]);
            return (Address(Text(item.GetProperty("address"))), item.TryGetProperty("displayName", out var display) ? Text(display) : null);
        })];
    }

    private static string Address(string text)
    {
        Require(MailAddress.TryCreate(text, out var address) && address.Address == text && Ascii.IsValid(text), "an address");
        return text;
    }

    private static ReceivedFile File(JsonElement file)
    {
        Require(file, "attachment", ["name", "contentType", "contentInBase64"], ["contentId"]);
        Require(MediaTypeHeaderValue.TryParse(Text(file.GetProperty("contentType")), out var type) && AttachmentTypes.Contains(type.MediaType.Value), "an attachment's type");
        Require(file.GetProperty("contentInBase64").TryGetBytesFromBase64(out var octets), "base64");
        var method = type!.Parameters.FirstOrDefault(parameter => parameter.Name == "method")?.Value.Value;
        return new(Text(file.GetProperty("name")), type.MediaType.Value!, method, Encoding.UTF8.GetString(octets!));
    }

    private static IEnumerable<JsonElement> Items(JsonElement list)
    {
        Require(list.ValueKind == JsonValueKind.Array, "an array");
        return list.EnumerateArray();
    }

    private static string Text(JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.String, "a string");
        return value.GetString()!;
    }

    private static void Require(JsonElement element, string what, string[] required, string[] optional)
    {
        Require(element.ValueKind == JsonValueKind.Object, what);
        var names = element.EnumerateObject().Select(property => property.Name).ToList();
        Require(names.Distinct().Count() == names.Count && !required.Except(names).Any() && !names.Except(required).Except(optional).Any(), $"the properties of {what}: {string.Join(", ", names)}");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition) throw new SchemaException(what);
    }
}
