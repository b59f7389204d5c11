using System.Net;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>
/// A stranger's server on this machine, under the name <c>feeds.example</c>; <see cref="Rules"/> let the app reach it, and
/// nothing else that is not public, without https.
/// </summary>
internal sealed class FeedServer : IAsyncDisposable
{
    public const string Host = "feeds.example";

    private readonly WebApplication _app;

    private FeedServer(WebApplication app) => (_app, Port) = (app, new Uri(app.Urls.Single()).Port);

    public int Port { get; }

    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    /// <summary>What it answers.</summary>
    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>What becomes of the addresses under other names.</summary>
    public Dictionary<string, IPAddress[]> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The strict ones but for this server: http is allowed on its port, and its own address.</summary>
    public FetchRules Rules => new()
    {
        MayFetch = url => (url.Scheme == Uri.UriSchemeHttp && url.Port == Port) || new FetchRules().MayFetch(url),
        MayConnect = address => address.Equals(IPAddress.Loopback) || FetchRules.IsPublic(address),
        ResolveAsync = (name, _) => Task.FromResult(name == Host ? [IPAddress.Loopback] : Names.GetValueOrDefault(name) ?? []),
    };

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        FeedServer? server = null;
        app.Run(context =>
        {
            server!.Requests++;
            return server.Answer(context);
        });
        await app.StartAsync();
        return server = new(app);
    }

    public Uri Url(string path, string host = Host) => new($"http://{host}:{Port}{path}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
