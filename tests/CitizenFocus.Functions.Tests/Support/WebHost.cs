using System.Net.Sockets;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>The Web room alone, on a real Kestrel at a free loopback port: it enforces what an in-memory server does not.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebHost(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public FakeTimeProvider Time { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Dictionary<string, string?> Settings => new()
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["Keys:PersonId"] = a.Key(1),
        ["Keys:Signing"] = $"k1:{a.Key(2)}",
    };

    /// <param name="map">Endpoints beside those of the Web room.</param>
    public static async Task<WebHost> StartAsync(Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddWeb();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseWeb();
        map?.Invoke(app);
        await app.StartAsync();
        return new WebHost(app, time);
    }

    /// <summary>A request as it stands on the wire, for what HttpClient would never send. The connection's whole answer.</summary>
    public async Task<string> SendRawAsync(ReadOnlyMemory<byte> request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Runs a handler that gives a result, as minimal APIs do.</summary>
    public static RequestDelegate Answer(Func<HttpContext, Task<IResult>> handler) => async context => await (await handler(context)).ExecuteAsync(context);
}
