using System.Collections.Concurrent;
using CitizenFocus.LocalHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>A collector of OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp) that keeps all that it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    private OtlpReceiver(WebApplication server, int port) => (_server, Endpoint) = (server, $"http://127.0.0.1:{port}");

    public string Endpoint { get; }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = LoopbackPort.Free();
        var server = builder.Build();
        var receiver = new OtlpReceiver(server, port);
        server.MapPost("/v1/{signal}", receiver.TakeAsync);
        server.Urls.Add(receiver.Endpoint);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The bodies of one signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public IReadOnlyList<byte[]> Bodies(string signal) => [.. _received.Where(received => received.Signal == signal).Select(received => received.Body)];

    public IReadOnlyList<Span> Spans() => [.. Bodies("traces").SelectMany(Span.Read)];

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue(((string)context.GetRouteValue("signal")!, body.ToArray()));

        // An empty message of success.
        context.Response.ContentType = "application/x-protobuf";
    }
}
