using System.IO.Compression;
using System.Net;
using System.Text;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Web;

/// <summary>What other people's addresses may make the app do, and what not.</summary>
public sealed class SafeHttpFetcherTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private FeedServer _server = null!;

    public async Task InitializeAsync() => _server = await FeedServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Fetch_WhatIsThere_GivesItsBytes()
    {
        _server.Answer = context => context.Response.WriteAsync($"{context.Request.Headers.Accept} {context.Request.Path}");

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(_server.Url("/feed")));

        Assert.Equal("text/xml /feed", Encoding.UTF8.GetString(fetched.Content));
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:93.184.215.14]/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://169.254.169.254/metadata")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://localhost/")]
    public async Task Fetch_ByTheStrictRules_RefusesWhatIsNotPublicHttps(string url)
    {
        using var fetcher = new SafeHttpFetcher(new(), _time);

        Assert.IsType<FetchOutcome.Refused>(await fetcher.GetAsync(new(url), "text/xml", default));
    }

    [Fact]
    public async Task Fetch_OfANameThatLeadsInside_IsRefusedWhateverItLedToBefore()
    {
        var answers = new Queue<IPAddress>([IPAddress.Parse("192.168.0.1"), IPAddress.Parse("fd00::1"), IPAddress.Parse("100.100.0.1"), IPAddress.Parse("224.0.0.1")]);
        using var fetcher = new SafeHttpFetcher(new() { ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()]) }, _time);

        while (answers.Count > 0) Assert.IsType<FetchOutcome.Refused>(await fetcher.GetAsync(new("https://rebinding.example/"), "text/xml", default));
    }

    [Theory]
    [InlineData("https://inside.example/")]
    [InlineData("http://93.184.215.14/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    public async Task Fetch_RedirectedToWhereItMayNotGo_IsRefused(string target)
    {
        _server.Names["inside.example"] = [IPAddress.Parse("172.20.0.1")];
        _server.Answer = Redirect(_ => target);

        Assert.IsType<FetchOutcome.Refused>(await FetchAsync(_server.Url("/")));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Fetch_RedirectedSeveralTimes_FollowsThree(int times, bool arrives)
    {
        _server.Answer = context =>
        {
            var n = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            if (n == 0) return context.Response.WriteAsync("there");
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = $"/{n - 1}";
            return Task.CompletedTask;
        };

        var outcome = await FetchAsync(_server.Url($"/{times}"));

        Assert.Equal(arrives, outcome is FetchOutcome.Fetched);
        Assert.Equal(4, _server.Requests);
        if (outcome is FetchOutcome.Fetched fetched) Assert.Equal(_server.Url("/0"), fetched.From);
        else Assert.IsType<FetchOutcome.Refused>(outcome);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("chunks")]
    [InlineData("gzip")]
    public async Task Fetch_OfTooMuch_StopsThere(string how)
    {
        _server.Answer = async context =>
        {
            const int Size = 50 * 1024 * 1024;
            if (how == "length") context.Response.ContentLength = Size;
            if (how == "gzip") context.Response.Headers.ContentEncoding = "gzip";
            await using var body = how == "gzip" ? new GZipStream(context.Response.Body, CompressionLevel.Fastest) : context.Response.Body;
            var block = new byte[64 * 1024];
            try
            {
                for (var sent = 0; sent < Size; sent += block.Length) await body.WriteAsync(block, context.RequestAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The fetcher has gone: as it should.
            }
        };

        Assert.Contains("larger", Assert.IsType<FetchOutcome.Refused>(await FetchAsync(_server.Url("/"))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfJustEnough_IsTaken()
    {
        _server.Answer = context => context.Response.Body.WriteAsync(new byte[SafeHttpFetcher.MaxBytes]).AsTask();

        Assert.Equal(SafeHttpFetcher.MaxBytes, Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(_server.Url("/"))).Content.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_OfWhatNeverEnds_GivesUpAfterTenSeconds(bool beginsToAnswer)
    {
        var asked = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            if (beginsToAnswer) await context.Response.WriteAsync("<feed");
            if (beginsToAnswer) await context.Response.Body.FlushAsync();
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var fetching = FetchAsync(_server.Url("/"));
        await asked.Task;
        _time.Advance(SafeHttpFetcher.Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(fetching.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("longer", Assert.IsType<FetchOutcome.Failed>(await fetching).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfWhatFails_SaysSo()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        Assert.Equal(new FetchOutcome.Failed("It answered 503."), await FetchAsync(_server.Url("/")));
        Assert.IsType<FetchOutcome.Failed>(await FetchAsync(_server.Url("/", "unknown.example")));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.64.0.0", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("239.255.255.250", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fdff::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Address_OfTheRegistries_IsPublicOrNot(string address, bool isPublic) => Assert.Equal(isPublic, FetchRules.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void Address_OfAPrivateNetwork_IsNeverPublic() => Prop.ForAll(
        Gen.Elements("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "224.0.0.0/4").SelectMany(
            network => ArbMap.Default.ArbFor<uint>().Generator.Select(bits => (network, bits))).ToArbitrary(),
        pair =>
        {
            var network = IPNetwork.Parse(pair.network);
            var mask = uint.MaxValue >> network.PrefixLength;
            var first = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
            var bytes = new byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, first | (pair.bits & mask));
            var address = new IPAddress(bytes);
            return !FetchRules.IsPublic(address) && !FetchRules.IsPublic(address.MapToIPv6());
        }).QuickCheckThrowOnFailure();

    private static RequestDelegate Redirect(Func<HttpContext, string> target) => context =>
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = target(context);
        return Task.CompletedTask;
    };

    private async Task<FetchOutcome> FetchAsync(Uri url)
    {
        using var fetcher = new SafeHttpFetcher(_server.Rules, _time);
        return await fetcher.GetAsync(url, "text/xml", default);
    }
}
