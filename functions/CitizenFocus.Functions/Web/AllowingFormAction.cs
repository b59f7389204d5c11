namespace CitizenFocus.Functions.Web;

/// <summary>A page whose form is answered by a redirect to another origin; browsers apply form-action to it as well (CSP 3, section 6.4.1).</summary>
internal sealed class AllowingFormAction(IResult page, Uri target) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.OnStarting(() =>
        {
            response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy.Replace(
                "form-action 'self'", $"form-action 'self' {target.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        return page.ExecuteAsync(httpContext);
    }
}
