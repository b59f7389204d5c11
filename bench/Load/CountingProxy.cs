using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CitizenFocus.Bench.Load;

/// <summary>
/// Stands before one port of Azurite and notes the first line of each request. HttpClient does not pipeline: what a
/// client sends after an answer begins a request.
/// </summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentBag<Task> _work = [];
    private readonly int _target;
    private readonly Lock _lock = new();
    private int _inFlight;

    public CountingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _work.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests waited for their answers at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>The requests since the last call: methods and paths.</summary>
    public IReadOnlyList<string> TakeRequests()
    {
        var taken = new List<string>();
        while (_requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_work);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _work.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                var answered = true;
                await Task.WhenAny(
                    CopyAsync(client, server, bytes =>
                    {
                        if (!answered) return;
                        answered = false;
                        Count(1);
                        _requests.Enqueue(Encoding.ASCII.GetString(bytes[..Math.Max(0, bytes.IndexOf((byte)'\r'))]));
                    }),
                    CopyAsync(server, client, _ =>
                    {
                        if (answered) return;
                        answered = true;
                        Count(-1);
                    }));
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // Either side has gone.
            }
        }
    }

    private void Count(int change)
    {
        lock (_lock)
        {
            _inFlight += change;
            MostInFlight = Math.Max(MostInFlight, _inFlight);
        }
    }

    private delegate void Seen(ReadOnlySpan<byte> bytes);

    private async Task CopyAsync(Socket from, Socket to, Seen seen)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var read)
            {
                seen(buffer.AsSpan(0, read));
                await to.SendAsync(buffer.AsMemory(0, read), _stopping.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has gone.
        }
    }
}
