using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CitizenFocus.Functions.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CitizenFocus.Functions.Web;

/// <summary>Answers with Razor components, rendered on the server.</summary>
internal sealed class Pages(PageCache cache, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Those of every page: <c>app.MapMethods(pattern, Pages.Methods, handler)</c>; MapGet alone would answer HEAD with 405.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A page for this request alone: whatever depends on a token or on what was typed. No cache keeps it, and no link
    /// followed from it tells its address.
    /// </summary>
    public async Task<IResult> PageAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        HttpContext context, IDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TComponent : IComponent =>
        new PrivatePage(await RenderAsync<TComponent>(context.RequestServices, parameters), status);

    /// <summary>A public page that stays up to a minute in memory, and is answered with 304 to who has it.</summary>
    /// <param name="cacheKey">Whatever of the request the page depends on; the page's name first.</param>
    /// <param name="load">
    /// Gives the component's parameters, or <see langword="null"/> for the 404 page. Its token fires after 30 s, not when
    /// the client goes: others may wait for the same page.
    /// </param>
    /// <param name="missing">Answers instead of the 404 page.</param>
    public Task<IResult> CachedPageAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        HttpContext context, string cacheKey, Func<CancellationToken, Task<IDictionary<string, object?>?>> load, Func<Task<IResult>>? missing = null)
        where TComponent : IComponent =>
        cache.FindReady(cacheKey) ?? RenderCachedAsync<TComponent>(context, cacheKey, load, missing);

    /// <summary>Forgets all kept pages. For organisers' changes, so that who made one sees it.</summary>
    public void Invalidate() => cache.Clear();

    public Task<IResult> NotFoundAsync(HttpContext context, string? text = null) => MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "There is no such page",
        text ?? "The address may be mistyped, or what was here has gone.");

    /// <summary>410: it was here, and will not be again.</summary>
    public Task<IResult> GoneAsync(HttpContext context, string text) => MessageAsync(context, StatusCodes.Status410Gone, "This has gone", text);

    /// <summary>A friendly page that says what happened; problem details for who wants JSON.</summary>
    /// <param name="traceId">For faults of ours: by it an organiser finds what happened.</param>
    public async Task<IResult> MessageAsync(HttpContext context, int status, string title, string text, string? traceId = null)
    {
        context.Response.Headers.Vary = "Accept";
        if (Negotiation.WantsJson(context.Request)) return Problems.Of(status, title, text);
        return await PageAsync<ErrorPage>(
            context,
            new Dictionary<string, object?>
            {
                [nameof(ErrorPage.Status)] = status,
                [nameof(ErrorPage.Title)] = title,
                [nameof(ErrorPage.Text)] = text,
                [nameof(ErrorPage.TraceId)] = traceId,
            },
            status);
    }

    /// <summary>429 with Retry-After in whole seconds, rounded up (RFC 9110 section 10.2.3).</summary>
    public Task<IResult> TooManyRequestsAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return MessageAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "One moment, please",
            "Very many requests came from your network within a minute. Please try again in a minute.");
    }

    private async Task<IResult> RenderCachedAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        HttpContext context, string cacheKey, Func<CancellationToken, Task<IDictionary<string, object?>?>> load, Func<Task<IResult>>? missing)
        where TComponent : IComponent
    {
        var page = await cache.GetAsync(
            cacheKey,
            async () =>
            {
                using var timeout = new CancellationTokenSource(LoadTimeout, time);
                return await load(timeout.Token) is { } parameters
                    ? await RenderAsync<TComponent>(context.RequestServices, parameters)
                    : null;
            },
            context.RequestAborted);
        return page ?? await (missing?.Invoke() ?? NotFoundAsync(context));
    }

    private async Task<byte[]> RenderAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        IServiceProvider services, IDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters));
            using var bytes = new MemoryStream();
            using (var writer = new StreamWriter(bytes, leaveOpen: true)) html.WriteHtmlTo(writer);
            return bytes.ToArray();
        });
    }
}
