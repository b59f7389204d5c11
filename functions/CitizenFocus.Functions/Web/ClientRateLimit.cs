using System.Net;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Counts what one client does a minute, in this process's memory: a limit against floods, not a quota; an instance more
/// lets through as much again.
/// </summary>
internal sealed class ClientRateLimit(SiteOptions site, TimeProvider time)
{
    /// <summary>Beyond so many, new clients share one allowance: memory stays bounded, and a flood stays a trickle.</summary>
    public const int MaximumClients = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<Client, SlidingWindow> _clients = [];
    private readonly Lock _lock = new();
    private TimeSpan _swept;

    /// <param name="scope">What is counted; each scope by itself.</param>
    /// <param name="perMinute">So many are allowed in any 60 seconds.</param>
    /// <returns><see langword="null"/> where it is allowed, else how long to wait (<see cref="Pages.TooManyRequestsAsync"/>).</returns>
    public TimeSpan? TryTake(string scope, HttpContext client, int perMinute) => TryTake(scope, ClientAddress.Of(client, site), perMinute);

    /// <summary>As <see cref="TryTake(string, HttpContext, int)"/>, and for all clients of one network together.</summary>
    public TimeSpan? TryTake(string scope, HttpContext client, int perMinute, int perNetworkAndMinute)
    {
        var address = ClientAddress.Of(client, site);
        return TryTake(scope, address, perMinute) ?? TryTake(scope + " network", ClientAddress.NetworkOf(address), perNetworkAndMinute);
    }

    private TimeSpan? TryTake(string scope, IPAddress address, int perMinute)
    {
        var key = new Client(scope, address);
        lock (_lock)
        {
            // A monotonic clock: the wall clock may be set back.
            var now = time.GetElapsedTime(_start);
            if (now - _swept >= Window) Sweep(now);
            if (!_clients.TryGetValue(key, out var taken))
            {
                if (_clients.Count >= MaximumClients) key = new Client(scope, IPAddress.None);
                if (!_clients.TryGetValue(key, out taken)) _clients[key] = taken = new SlidingWindow(Window);
            }

            return taken.TryTake(now, perMinute);
        }
    }

    private void Sweep(TimeSpan now)
    {
        _swept = now;
        foreach (var (client, taken) in _clients)
        {
            if (taken.IsIdle(now)) _clients.Remove(client);
        }
    }

    private readonly record struct Client(string Scope, IPAddress Address);
}
