using System.Net;
using System.Net.Sockets;

namespace CitizenFocus.LocalHost.Http;

/// <summary>TCP ports of this machine.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that is free at this moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether somebody listens there already, or the system keeps it.</summary>
    public static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
