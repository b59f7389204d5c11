using System.Collections.Concurrent;
using System.Text;
using CitizenFocus.LocalHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>A collector of OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp) that keeps all that it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const int Found = -1;

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _received = new();
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly Dictionary<(string Signal, string Text), int> _searched = [];

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

    public IReadOnlyCollection<Span> Spans => _spans;

    /// <summary>All of one signal, <c>traces</c>, <c>metrics</c> or <c>logs</c>, as if its bytes were UTF-8: its strings are.</summary>
    public IReadOnlyCollection<string> Bodies(string signal) => _received.GetOrAdd(signal, _ => new());

    /// <summary>Whether a text has come. Looked for again and again, it is looked for in what is new only.</summary>
    public bool Has(string signal, string text)
    {
        var bodies = _received.GetOrAdd(signal, _ => new());
        var at = _searched.GetValueOrDefault((signal, text));
        if (at == Found) return true;
        var end = bodies.Count;
        _searched[(signal, text)] = bodies.Skip(at).Take(end - at).Any(body => body.Contains(text, StringComparison.Ordinal)) ? Found : end;
        return _searched[(signal, text)] == Found;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var signal = (string)context.GetRouteValue("signal")!;
        _received.GetOrAdd(signal, _ => new()).Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        if (signal == "traces")
        {
            foreach (var span in Span.Read(body.ToArray())) _spans.Enqueue(span);
        }

        // An empty message of success.
        context.Response.ContentType = "application/x-protobuf";
    }
}
