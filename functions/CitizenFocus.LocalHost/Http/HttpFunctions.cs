using System.Net;
using System.Security.Cryptography;
using System.Text;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Functions;
using Yarp.ReverseProxy.Forwarder;

namespace CitizenFocus.LocalHost.Http;

/// <summary>What the host does with a request from outside: find the function, check the key, pass it on.</summary>
internal sealed class HttpFunctions(
    RouteTable routes, IHttpForwarder forwarder, HttpMessageInvoker worker, HttpWorkerSupervisor supervisor, TimeSpan functionTimeout, string key, IPAddress? proxy, ILogger log)
{
    /// <summary>The host's limit; more is answered by 500, not by 413.</summary>
    public const long LargestBody = 100 * 1024 * 1024;

    private static readonly PathString AdminPath = new("/admin");

    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(AdminPath) || routes.Match(context) is not { } function)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (function.AuthLevel != AuthorizationLevel.Anonymous && !HasKey(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (context.Request.ContentLength > LargestBody)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        else
        {
            await ForwardAsync(context, function);
        }
    }

    private async Task ForwardAsync(HttpContext context, HttpFunction function)
    {
        using var limit = new CancellationTokenSource(functionTimeout);
        var transformer = new InvocationTransformer(Guid.NewGuid().ToString(), proxy);
        var error = await forwarder.SendAsync(context, WorkerHandler.Address, worker, Config, transformer, limit.Token);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested) return;

        if (limit.IsCancellationRequested)
        {
            log.TimedOut(function.Name, functionTimeout);
            supervisor.Kill();
        }
        else
        {
            log.NotForwarded(context.Request.Method, function.Name, context.GetForwarderErrorFeature()?.Exception?.Message ?? error.ToString());
        }

        // Where the answer has begun, the forwarder has broken the connection.
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private bool HasKey(HttpRequest request)
    {
        var given = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault() ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
    }
}

internal static partial class HttpFunctionsLog
{
    [LoggerMessage(LogLevel.Warning, "{Method} to {Function} got 500: {Reason}")]
    public static partial void NotForwarded(this ILogger log, string method, string function, string reason);

    [LoggerMessage(LogLevel.Error, "{Function} took longer than functionTimeout ({Limit}): the app is killed and started again.")]
    public static partial void TimedOut(this ILogger log, string function, TimeSpan limit);
}
