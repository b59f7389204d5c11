using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace CitizenFocus.LocalHost.Http;

/// <summary>The header rules of the Functions host when it passes a request on; all else stays as it came.</summary>
/// <param name="proxy">Its word on the visitor's address is passed on; <see langword="null"/>: nobody's is.</param>
internal sealed class InvocationTransformer(string invocationId, IPAddress? proxy) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = WorkerHandler.Raw(destinationPrefix, RawPathAndQuery(httpContext));

        var headers = proxyRequest.Headers;
        headers.Host = null; // which makes it the app's own address
        Replace("X-Forwarded-Host", httpContext.Request.Host.Value);
        var caller = httpContext.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (!IsProxy(caller))
        {
            Replace("X-Forwarded-Proto", httpContext.Request.Scheme);
            Replace("X-Forwarded-For", caller.ToString());
        }

        Replace("x-ms-invocation-id", invocationId);

        void Replace(string name, string? value)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        // These two are the host's own.
        proxyResponse?.Headers.Remove(HeaderNames.Server);
        proxyResponse?.Headers.Remove(HeaderNames.Date);
        return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    private bool IsProxy(IPAddress caller) => proxy is not null && (caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller).Equals(proxy);

    private static string RawPathAndQuery(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // 'GET http://host/path' and 'OPTIONS *' are allowed as well.
        return target.StartsWith('/') ? target : context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
    }
}
