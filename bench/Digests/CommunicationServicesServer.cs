using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.Bench.Digests;

/// <summary>A local stand-in for Azure Communication Services: one mail an Operation-Id, and it can be asked for each. It checks no signature.</summary>
internal sealed class CommunicationServicesServer : IDigestProvider
{
    private readonly ConcurrentDictionary<string, string> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private int _calls;

    private CommunicationServicesServer(WebApplication app) => _app = app;

    public string Name => "Communication Services";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Email__Providers"] = "acs",
        ["CommunicationServices__ConnectionString"] = $"endpoint={_app.Urls.Single()}/;accesskey=YmVuY2g=",
        ["CommunicationServices__MessagesPerMinute"] = "0",
        ["CommunicationServices__MessagesPerHour"] = "0",
    };

    public int Calls => Volatile.Read(ref _calls);

    public int People => _taken.Count;

    public int Doubles => _taken.Values.Sum(count => count - 1);

    public static async Task<CommunicationServicesServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new CommunicationServicesServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public Task ReportAsync(HttpClient client, IPEndPoint app, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var asked = context.Request.Path.Value!.Split('/')[^1];
            if (_operations.ContainsKey(asked)) await WriteAsync(context, StatusCodes.Status200OK, $$"""{"id":"{{asked}}","status":"Succeeded"}""");
            else await WriteAsync(context, StatusCodes.Status404NotFound, """{"error":{"code":"NotFound","message":"There is no such operation."}}""");
            return;
        }

        using var sent = await JsonDocument.ParseAsync(context.Request.Body);
        var (id, to) = (context.Request.Headers["Operation-Id"].ToString(), sent.RootElement.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString()!);
        if (_operations.TryAdd(id, to)) _taken.AddOrUpdate(to, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _calls);
        context.Response.Headers["Operation-Location"] = $"{_app.Urls.Single()}/emails/operations/{id}?api-version=2025-09-01";
        await WriteAsync(context, StatusCodes.Status202Accepted, $$"""{"id":"{{id}}","status":"Running"}""");
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
