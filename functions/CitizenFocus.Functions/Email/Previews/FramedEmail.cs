using System.Text;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Previews;

/// <summary>An e-mail's HTML for the frame of its preview: styled as it is, with the logo, and otherwise as dead as in a mail client.</summary>
/// <param name="html">The part.</param>
/// <param name="origin">From which the logo comes.</param>
internal sealed class FramedEmail(string html, string origin) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; img-src {origin}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        var octets = Encoding.UTF8.GetBytes(html);
        response.ContentLength = octets.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(octets, 0, octets.Length);
    }
}

/// <summary>A page with a frame of this site in it.</summary>
internal sealed class Framing(IResult page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.OnStarting(() =>
        {
            response.Headers.ContentSecurityPolicy = $"{SecurityHeaders.ContentSecurityPolicy}; frame-src 'self'";
            return Task.CompletedTask;
        });
        return page.ExecuteAsync(httpContext);
    }
}
