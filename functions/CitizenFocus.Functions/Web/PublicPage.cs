namespace CitizenFocus.Functions.Web;

/// <summary>A rendered page that all visitors share: answering with it again costs next to nothing.</summary>
/// <remarks>Browsers may keep it but ask each time: the seats that are left change, and a 304 is cheap.</remarks>
internal sealed class PublicPage(byte[] body) : IResult
{
    private readonly Representation _page = new(body, "text/html; charset=utf-8", "no-cache", compress: true);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        SecurityHeaders.ApplyToPublicPage(httpContext.Response.Headers);
        return _page.WriteAsync(httpContext);
    }
}

/// <summary>A page made for one request: what somebody typed, or what belongs to the bearer of a token. Nobody may keep it.</summary>
internal sealed class PrivatePage(byte[] body, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SecurityHeaders.ApplyToPage(response.Headers);
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, 0, body.Length);
    }
}
