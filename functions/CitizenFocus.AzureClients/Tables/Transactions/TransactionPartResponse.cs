using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Azure;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// The answer to one operation of a transaction. Its headers stay bytes until somebody asks: of a hundred answers an
/// ETag or two are read.
/// </summary>
internal sealed class TransactionPartResponse(int status, string reasonPhrase, ReadOnlyMemory<byte> headers, ReadOnlyMemory<byte> body)
    : Response
{
    private Stream? _content;

    public override int Status => status;

    public override string ReasonPhrase => reasonPhrase;

    public override bool IsError => status >= 400;

    public override string ClientRequestId { get; set; } = "";

    public override Stream? ContentStream
    {
        get => _content ??= MemoryMarshal.TryGetArray(body, out var bytes)
            ? new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false, publiclyVisible: true)
            : new MemoryStream(body.ToArray());
        set => _content = value;
    }

    public override void Dispose() => _content?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        foreach (var line in Encoding.UTF8.GetString(headers.Span).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                yield return new HttpHeader(line[..colon], line[(colon + 1)..].Trim());
            }
        }
    }

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        foreach (var header in EnumerateHeaders())
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = header.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
