using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Whose request it is, as far as rate limits need to know. Never logged, never stored.
/// </summary>
internal static class ClientAddress
{
    private const int Ipv6Bytes = 16;

    /// <summary>A provider gives a household a /64 at least, so an IPv6 client is one; counting single addresses would count nothing.</summary>
    private const int Ipv6PrefixBytes = 8;

    private const int Ipv6NetworkBytes = 6;
    private const int Ipv4NetworkBytes = 3;

    /// <summary>
    /// The address in the trusted header, else the connection's. Where the header holds a list, as X-Forwarded-For does,
    /// the last address counts: each proxy appends whom it saw, so the last is our own proxy's word, and all before it
    /// is whatever the client sent along.
    /// </summary>
    /// <returns>IPv4 as it is, IPv6 with its last 64 bits zero.</returns>
    public static IPAddress Of(HttpContext context, SiteOptions site)
    {
        var address = site.TrustedClientAddressHeader is { } header && Last(context.Request.Headers[header]) is { } named
            ? named
            : context.Connection.RemoteIpAddress ?? IPAddress.None;
        return Normalise(address);
    }

    /// <summary>What one organisation's or provider's clients share: the first 24 bits of IPv4, 48 of IPv6; the rest is zero.</summary>
    public static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bytes.Length == Ipv6Bytes ? Ipv6NetworkBytes : Ipv4NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private static IPAddress? Last(StringValues header)
    {
        if (header.Count == 0 || header[^1] is not { } list) return null;
        var last = list.AsSpan(list.LastIndexOf(',') + 1).Trim();

        // Azure's front end writes the port too.
        return IPEndPoint.TryParse(last, out var endPoint) ? endPoint.Address : null;
    }

    private static IPAddress Normalise(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        address.TryWriteBytes(bytes, out _);
        bytes[Ipv6PrefixBytes..].Clear();
        return new IPAddress(bytes);
    }
}
