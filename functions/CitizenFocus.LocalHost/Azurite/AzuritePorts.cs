using System.Net;
using System.Net.Sockets;

namespace CitizenFocus.LocalHost.Azurite;

/// <summary>The TCP ports of the emulator's three services.</summary>
public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Those that Azurite takes by default and <c>UseDevelopmentStorage=true</c> means.</summary>
    public static AzuritePorts WellKnown { get; } = new(10000, 10001, 10002);

    /// <summary>Three ports that are free at this moment.</summary>
    public static AzuritePorts Free()
    {
        TcpListener[] listeners = [New(), New(), New()];
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        return new(ports[0], ports[1], ports[2]);

        static TcpListener New()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        }
    }

    /// <summary>The well-known ports where nobody listens on any of them, else free ones.</summary>
    public static AzuritePorts WellKnownOrFree()
    {
        foreach (var port in (ReadOnlySpan<int>)[WellKnown.Blob, WellKnown.Queue, WellKnown.Table])
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
            }
            catch (SocketException)
            {
                return Free();
            }
        }

        return WellKnown;
    }
}
