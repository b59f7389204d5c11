using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// What went wrong, from the shapes that answers have: <c>{"odata.error":{"code","message":{"value"}}}</c>, the same
/// with an empty code (the emulator's), XML, or only the header <c>x-ms-error-code</c>.
/// https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2
/// </summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    private const string IndexHint = "\n The index of the entity that caused the error can be found in FailedTransactionActionIndex.";

    private TableErrorParser()
    {
    }

    public static TableErrorParser Instance { get; } = new();

    /// <summary>The error code of an answer that was expected; null where it has none.</summary>
    public static string? CodeOf(Response response) => Instance.TryParse(response, out var error, out _) ? error.Code : null;

    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        response.Headers.TryGetValue("x-ms-error-code", out var headerCode);
        var body = response.ContentStream is MemoryStream ? response.Content.ToMemory() : ReadOnlyMemory<byte>.Empty;
        var (code, message) = Parse(body);
        code = string.IsNullOrEmpty(code) ? headerCode : code;

        data = null;
        if (response is TransactionPartResponse && IndexOf(message) is { } index)
        {
            data = new Dictionary<string, string> { [TableTransactionFailedException.FailedEntityKey] = index };
            message += IndexHint;
        }

        error = code is null && message is null ? null : new ResponseError(code, message);
        return error is not null;
    }

    /// <summary>The message of a failed transaction begins with the failing operation's index and a colon.</summary>
    private static string? IndexOf(string? message) =>
        message?.IndexOf(':') is > 0 and var colon && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? message[..colon]
            : null;

    private static (string? Code, string? Message) Parse(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.TrimStart("\uFEFF \t\r\n"u8);
        try
        {
            return text switch
            {
                [(byte)'{', ..] => ParseJson(body[^text.Length..]),
                [(byte)'<', ..] => ParseXml(body[^text.Length..]),
                _ => default,
            };
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            // A proxy's page, say: the status is all there is.
            return default;
        }
    }

    private static (string? Code, string? Message) ParseJson(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("odata.error"u8, out var error))
        {
            return default;
        }

        var code = error.TryGetProperty("code"u8, out var value) ? value.GetString() : null;
        var message = error.TryGetProperty("message"u8, out value) && value.TryGetProperty("value"u8, out value) ? value.GetString() : null;
        return (code, message);
    }

    private static (string? Code, string? Message) ParseXml(ReadOnlyMemory<byte> body)
    {
        string? code = null;
        string? message = null;
        using var xml = XmlReader.Create(new MemoryStream(body.ToArray()));
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName.Equals("code", StringComparison.OrdinalIgnoreCase))
            {
                code = xml.ReadElementContentAsString();
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName.Equals("message", StringComparison.OrdinalIgnoreCase))
            {
                message = xml.ReadElementContentAsString();
            }
            else
            {
                xml.Read();
            }
        }

        return (code, message);
    }
}
