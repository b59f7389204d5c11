using System.Xml;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>
/// Reads a failure's code and message for <see cref="RequestFailedException"/>: the code from <c>x-ms-error-code</c>,
/// which a HEAD has as well, else both from the XML body.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2</remarks>
internal sealed class StorageErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        var (code, message) = ReadBody(response);
        if (response.Headers.TryGetValue("x-ms-error-code", out var header))
        {
            code = header;
        }

        error = code is null && message is null ? null : new ResponseError(code, message);
        return error is not null;
    }

    private static (string? Code, string? Message) ReadBody(Response response)
    {
        if (response.ContentStream is not { CanSeek: true } || response.Content.ToMemory().IsEmpty)
        {
            return default;
        }

        string? code = null, message = null;
        try
        {
            using var reader = XmlReader.Create(response.Content.ToStream());
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "Code" })
                {
                    code = reader.ReadString();
                }
                else if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "Message" })
                {
                    // The first line says it; the others repeat the request's id and time.
                    message = reader.ReadString().Split('\n')[0];
                }
            }
        }
        catch (XmlException)
        {
            // A proxy's or gateway's page: the status has to do.
        }

        return (code, message);
    }
}
