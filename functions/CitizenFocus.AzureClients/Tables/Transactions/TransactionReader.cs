using System.Buffers.Text;
using System.Text;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// The answer to a transaction: a multipart in a multipart, each inner part an HTTP response. Where the transaction
/// failed there is one only, the failing operation's.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions#sample-response
/// </summary>
internal static class TransactionReader
{
    /// <returns>The operations' answers in their order.</returns>
    /// <exception cref="TableTransactionFailedException">An operation failed, and so none was applied.</exception>
    /// <exception cref="RequestFailedException">The answer is cut short: whether the transaction was applied is not known.</exception>
    public static IReadOnlyList<Response> Read(Response answer, int operations)
    {
        var responses = new List<Response>(operations);
        var rest = answer.Content.ToMemory();
        while (TryReadResponse(ref rest, answer.ClientRequestId) is { } response)
        {
            if (response.IsError)
            {
                throw new TableTransactionFailedException(new RequestFailedException(response, null, TableErrorParser.Instance));
            }

            responses.Add(response);
        }

        return responses.Count == operations
            ? responses
            : throw new RequestFailedException(
                answer.Status, $"The service answered {responses.Count} of the transaction's {operations} operations: whether it was applied is not known.");
    }

    /// <summary>
    /// The next embedded response. Its status line follows an empty line, and its own body ends where a line begins
    /// with two dashes: the JSON in it begins with a brace and has no line breaks.
    /// </summary>
    private static TransactionPartResponse? TryReadResponse(ref ReadOnlyMemory<byte> rest, string clientRequestId)
    {
        var start = rest.Span.IndexOf("\r\n\r\nHTTP/1."u8);
        if (start < 0)
        {
            return null;
        }

        rest = rest[(start + 4)..];
        var end = rest.Span.IndexOf("\r\n--"u8);
        if (end < 0)
        {
            return null;
        }

        var part = rest[..end];
        rest = rest[end..];

        var statusEnd = part.Span.IndexOf("\r\n"u8);
        var headersEnd = part.Span.IndexOf("\r\n\r\n"u8);
        if (statusEnd < 0)
        {
            return null;
        }

        // "HTTP/1.1 204 No Content"
        var status = part.Span["HTTP/1.1 ".Length..statusEnd];
        if (!Utf8Parser.TryParse(status, out int code, out var digits))
        {
            return null;
        }

        var headers = headersEnd < 0 ? part[statusEnd..] : part[statusEnd..headersEnd];
        var body = headersEnd < 0 ? default : part[(headersEnd + 4)..];
        return new TransactionPartResponse(code, Encoding.UTF8.GetString(status[digits..].Trim((byte)' ')), headers, body)
        {
            ClientRequestId = clientRequestId,
        };
    }
}
