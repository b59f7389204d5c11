using System.Net;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class ClientRateLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryTake_OneMoreThanTheLimit_RefusedUntilTheMinuteIsOver()
    {
        var limit = new ClientRateLimit(new SiteOptions(), _time);
        var client = Client("192.0.2.1");
        Assert.Null(limit.TryTake("register", client, 2));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limit.TryTake("register", client, 2));

        Assert.Equal(TimeSpan.FromSeconds(40), limit.TryTake("register", client, 2));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(limit.TryTake("register", client, 2));
        Assert.Equal(TimeSpan.FromSeconds(20), limit.TryTake("register", client, 2));
    }

    [Fact]
    public void TryTake_OtherClientOrScope_CountedApart()
    {
        var limit = new ClientRateLimit(new SiteOptions(), _time);
        Assert.Null(limit.TryTake("register", Client("192.0.2.1"), 1));

        Assert.Null(limit.TryTake("register", Client("192.0.2.2"), 1));
        Assert.Null(limit.TryTake("contact", Client("192.0.2.1"), 1));
        Assert.NotNull(limit.TryTake("register", Client("192.0.2.1"), 1));
    }

    [Fact]
    public void TryTake_SameIpv6Network_OneClient()
    {
        var limit = new ClientRateLimit(new SiteOptions(), _time);
        Assert.Null(limit.TryTake("register", Client("2001:db8:1:2::1"), 1));

        Assert.NotNull(limit.TryTake("register", Client("2001:db8:1:2:ffff::9"), 1));
        Assert.Null(limit.TryTake("register", Client("2001:db8:1:3::1"), 1));
    }

    [Fact]
    public void TryTake_MoreClientsThanItRemembers_NewOnesShareOneAllowanceUntilSwept()
    {
        var limit = new ClientRateLimit(new SiteOptions(), _time);
        for (var i = 0; i < ClientRateLimit.MaximumClients; i++) Assert.Null(limit.TryTake("register", Client(new IPAddress(i + 1)), 1));

        Assert.Null(limit.TryTake("register", Client("203.0.113.1"), 1));
        Assert.NotNull(limit.TryTake("register", Client("203.0.113.2"), 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(limit.TryTake("register", Client("203.0.113.3"), 1));
        Assert.Null(limit.TryTake("register", Client("203.0.113.4"), 1));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:51234", "203.0.113.7")]
    [InlineData("10.0.0.1, 198.51.100.9,203.0.113.7 ", "203.0.113.7")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("unknown", "192.0.2.1")]
    [InlineData("", "192.0.2.1")]
    [InlineData(null, "192.0.2.1")]
    public void Of_TrustedHeader_ItsLastAddressElseTheConnections(string? header, string expected)
    {
        var context = Client("192.0.2.1");
        if (header is not null) context.Request.Headers["X-Forwarded-For"] = header;

        Assert.Equal(IPAddress.Parse(expected), ClientAddress.Of(context, new SiteOptions { TrustedClientAddressHeader = "X-Forwarded-For" }));
    }

    [Fact]
    public void Of_HeaderNotTrusted_TheConnections()
    {
        var context = Client("192.0.2.1");
        context.Request.Headers["X-Forwarded-For"] = "203.0.113.7";

        Assert.Equal("192.0.2.1", ClientAddress.Of(context, new SiteOptions()).ToString());
    }

    private static DefaultHttpContext Client(string address) => Client(IPAddress.Parse(address));

    private static DefaultHttpContext Client(IPAddress address) => new() { Connection = { RemoteIpAddress = address } };
}
