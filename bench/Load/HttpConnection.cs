using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitizenFocus.Bench.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that does as little as it can: what the generator spends, the server beside it
/// lacks. One request at a time.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _received = new byte[128 * 1024];

    private HttpConnection(Socket socket) => _socket = socket;

    public static async Task<HttpConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="acceptEncoding">As browsers send it; none asks for the plain bytes.</param>
    public static byte[] Get(string path, string? acceptEncoding = null) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{(acceptEncoding is null ? "" : $"Accept-Encoding: {acceptEncoding}\r\n")}\r\n");

    public static byte[] Post(string path, string contentType, string accept, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>Its status.</returns>
    /// <exception cref="IOException">The connection was closed, or the answer's end cannot be told.</exception>
    public async ValueTask<int> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(length), cancellationToken);
            if (read == 0) throw new IOException("The connection was closed within an answer.");
            length += read;
        }
        while (!IsWhole(_received.AsSpan(0, length)));
        return ((_received[9] - '0') * 100) + ((_received[10] - '0') * 10) + (_received[11] - '0');
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            return Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) && answer.Length >= end + 4 + length;
        }

        return head.IndexOf("Transfer-Encoding: chunked"u8) >= 0
            ? answer[(end + 2)..].EndsWith("\r\n0\r\n\r\n"u8)
            : throw new IOException("The answer does not say where it ends.");
    }
}
