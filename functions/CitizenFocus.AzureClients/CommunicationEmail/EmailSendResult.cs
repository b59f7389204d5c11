using System.Text.Json;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>What the service says of one e-mail.</summary>
public class EmailSendResult
{
    internal EmailSendResult(string id, EmailSendStatus status) => (Id, Status) = (id, status);

    public EmailSendStatus Status { get; }

    internal string Id { get; }

    /// <exception cref="JsonException">The body is no such result.</exception>
    internal static EmailSendResult Read(BinaryData body)
    {
        using var document = JsonDocument.Parse(body.ToMemory());
        return document.RootElement is { ValueKind: JsonValueKind.Object } result
            && result.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String
            && result.TryGetProperty("status"u8, out var status) && status.ValueKind == JsonValueKind.String
                ? new(id.GetString()!, status.GetString()!)
                : throw new JsonException("The answer has no id and status.");
    }
}
