using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Where this app may connect to at other people's word (<see cref="SafeHttpFetcher"/>): over https, and by default to public
/// addresses only. Tests put others in the container, to reach servers of their own.
/// </summary>
internal sealed record FetchRules
{
    private static readonly IPNetwork[] NotPublic =
    [
        // https://www.iana.org/assignments/iana-ipv4-special-registry
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),

        // Azure's platform (DNS, metadata, health probes) answers at this one from within any virtual network.
        IPNetwork.Parse("168.63.129.16/32"),

        // https://www.iana.org/assignments/iana-ipv6-special-registry: what of 2000::/3 is no host, or leads to an IPv4 one.
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>All that IANA has given out for hosts; outside are loopback, link-local, ULA, multicast, v4-mapped, NAT64.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether a connection may be made to this address, whatever name it has.</summary>
    public Func<IPAddress, bool> MayConnect { get; init; } = IsPublic;

    /// <summary>A host's addresses.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How servers prove who they are; <see langword="null"/>: as the system says.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Whether a request, or a redirect, may lead there.</summary>
    public static bool MayFetch(Uri url) => url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0;

    public static bool IsPublic(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 // Which IPNetwork would judge by the IPv4 address in it.
        && (address.AddressFamily == AddressFamily.InterNetwork || (address.AddressFamily == AddressFamily.InterNetworkV6 && GlobalUnicast.Contains(address)))
        && !NotPublic.Any(network => network.Contains(address));
}
